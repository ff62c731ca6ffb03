package io.pingate.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** CPU time beside JMH's own, which goes on while others have the core: that would be no share of a request's CPU. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the thread, in an iteration. */
    public long nanos;

    /** Counted by the benchmark itself. */
    public long operations;

    private long begin;

    /** The iteration begins. */
    @Setup(Level.Iteration)
    public void begin() {
        operations = 0;
        begin = THREADS.getCurrentThreadCpuTime();
    }

    /** The iteration is over. */
    @TearDown(Level.Iteration)
    public void end() {
        nanos = THREADS.getCurrentThreadCpuTime() - begin;
    }
}
