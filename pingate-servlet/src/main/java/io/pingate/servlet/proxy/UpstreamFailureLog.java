package io.pingate.servlet.proxy;

import io.pingate.proxy.Upstream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log why an upstream gives no answers, which the client isn't told: once when that begins, and once when it
 * is over, however many requests come in between.
 */
final class UpstreamFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailureLog.class);

    private final Map<Upstream, String> reasons = new ConcurrentHashMap<>();

    void answered(Upstream upstream) {
        if (!reasons.isEmpty() && reasons.remove(upstream) != null) {
            LOG.info("{} answers again", upstream);
        }
    }

    void failed(Upstream upstream, Throwable failure) {
        String reason = reason(failure);
        if (!reason.equals(reasons.put(upstream, reason))) {
            LOG.warn("{} gives no answer: {}", upstream, reason);
            LOG.debug("{}", upstream, failure);
        }
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "TLS fails (" + cause.getMessage() + "); the certificate must name this host, and one that is"
                        + " self-signed must be in the file of PINGATE_UPSTREAM_CA_FILE, or an LLM server's in that of"
                        + " -Djavax.net.ssl.trustStore";
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "no address is known for its name";
            }
            if (cause instanceof ConnectException) {
                return "nobody listens there, or a firewall is in between";
            }
            if (cause instanceof SocketException) {
                return "the connection fails (" + cause.getMessage() + ")";
            }
            if (cause instanceof TimeoutException) {
                return "it takes longer than PINGATE_UPSTREAM_TIMEOUT or PINGATE_CONNECT_TIMEOUT";
            }
        }
        return "what it sends can't be read, or breaks off ("
                + failure.getClass().getSimpleName() + ")";
    }
}
