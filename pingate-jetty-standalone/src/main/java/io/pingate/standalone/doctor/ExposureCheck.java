package io.pingate.standalone.doctor;

import io.pingate.proxy.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether others can reach the upstream past the gate, and say that they are whoever they like. */
final class ExposureCheck implements Check {
    private static final int TIMEOUT_MILLIS = 500;

    private final Upstream upstream;
    private final boolean tellsIdentity;
    private final List<InetAddress> addresses;

    ExposureCheck(Upstream upstream, boolean tellsIdentity, List<InetAddress> addresses) {
        this.upstream = upstream;
        this.tellsIdentity = tellsIdentity;
        this.addresses = List.copyOf(addresses);
    }

    @Override
    public String subject() {
        return "way past gate";
    }

    @Override
    public List<Finding> look() throws IOException {
        if (upstream.unixPath() != null) {
            return List.of(Finding.ok("the upstream is a Unix socket, which no network leads to"));
        }
        InetAddress[] upstreams = InetAddress.getAllByName(upstream.host());
        if (!List.of(upstreams).stream().allMatch(InetAddress::isLoopbackAddress)) {
            String what = "the upstream " + upstream + " is on a network, where others may reach it past the gate";
            String remedy = "see that nobody but the gate can connect to it: a network of their own, or a firewall";
            return List.of(tellsIdentity ? Finding.warn(what, remedy) : Finding.ok(what + "; " + remedy));
        }
        List<InetAddress> open = addresses.stream().filter(this::listens).toList();
        if (open.isEmpty()) {
            return List.of(Finding.ok("the upstream listens on loopback only"));
        }
        String where = open.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        String what = "the upstream also listens on " + where + " port " + upstream.port()
                + ", so that anybody there gets in without the PIN";
        String remedy = "let it listen on 127.0.0.1 only, or publish no port of its container";
        return List.of(
                tellsIdentity
                        ? Finding.fail(what + ", as whomever they name in the identity headers", remedy)
                        : Finding.warn(what, remedy));
    }

    private boolean listens(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, upstream.port()), TIMEOUT_MILLIS);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** {@return this machine's addresses that others can reach it by} */
    static List<InetAddress> ofThisMachine() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        Predicate<InetAddress> reachable = address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()) {
                network.inetAddresses().filter(reachable).forEach(addresses::add);
            }
        }
        return addresses;
    }
}
