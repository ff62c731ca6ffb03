package io.pingate.standalone;

import org.eclipse.jetty.util.Jetty;
import picocli.CommandLine.IVersionProvider;

/** What runs here. */
final class Version implements IVersionProvider {
    /** The gate's version; only a packaged gate has one. */
    static String ofGate() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"pingate " + ofGate() + " (Jetty " + Jetty.VERSION + ", Java " + Runtime.version() + ")"};
    }
}
