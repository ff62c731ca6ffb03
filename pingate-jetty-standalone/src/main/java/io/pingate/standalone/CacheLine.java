package io.pingate.standalone;

/**
 * Jetty asks the JVM's management beans how long a line of the processor's cache is, which loads some two hundred classes for a
 * number that is the same on all machines here.
 */
final class CacheLine {
    /** 64 bytes with compressed references. */
    private static final String REFERENCES = "16";

    private static final String PROPERTY = "org.eclipse.jetty.util.referencesPerCacheLine";

    private CacheLine() {}

    /** Jetty reads it once; what the command line says stays. */
    static void take() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, REFERENCES);
        }
    }
}
