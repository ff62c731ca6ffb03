package io.pingate.standalone.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why a connection failed, in words. */
final class Faults {
    private Faults() {}

    static String reason(IOException fault) {
        if (fault instanceof ConnectException) {
            return "nobody listens there";
        }
        if (fault instanceof SocketTimeoutException) {
            return "it says nothing in time";
        }
        if (fault instanceof UnknownHostException) {
            return "there is no address for this name";
        }
        return fault instanceof SSLException
                ? "TLS with it fails (" + fault.getMessage() + ")"
                : String.valueOf(fault.getMessage());
    }
}
