package io.pingate.spring;

import io.pingate.servlet.PinGateSettings;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether what is behind the gate can be used: the program behind the proxy, when there is one. */
final class GateHealth {
    /** The gate itself gives up after two. */
    private static final int PATIENCE_SECONDS = 5;

    private GateHealth() {}

    static boolean isReady(PinGateSettings settings) {
        try {
            return settings.readiness().now().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
