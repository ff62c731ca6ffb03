package io.pingate.servlet.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

class UpstreamClientTest {
    /** A container that undeploys a web application looks for its threads at once. */
    @Test
    void no_thread_runs_on_when_stopped() throws Exception {
        for (int round = 0; round < 50; round++) {
            HttpClient client = UpstreamClient.create(new QueuedThreadPool(8), Duration.ofSeconds(1));
            client.start();
            CompletableFuture<Thread> scheduled = new CompletableFuture<>();
            client.getScheduler().schedule(() -> scheduled.complete(Thread.currentThread()), 0, TimeUnit.SECONDS);
            Thread scheduler = scheduled.get(10, TimeUnit.SECONDS);
            client.stop();
            assertFalse(scheduler.isAlive(), scheduler::toString);
        }
    }
}
