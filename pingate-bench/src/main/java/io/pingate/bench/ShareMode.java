package io.pingate.bench;

import io.pingate.bench.micro.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** CPU nanoseconds of the core's steps, by JMH, on each JDK; each fork is a launch. */
final class ShareMode {
    static final String NAME = "share";
    /** Of two seconds: on a busy machine a compiler takes as long for the last method. */
    private static final int WARM_UPS = 15;

    private final Bench bench;

    ShareMode(Bench bench) {
        this.bench = bench;
    }

    void run() throws IOException {
        Figures figures = bench.begin(NAME);
        for (int i = 0; i < bench.options().launches(); i++) {
            System.out.println("launch " + (i + 1) + ", the core's steps");
            for (Jdk jdk : bench.options().jdks()) {
                run(jdk, figures, i);
            }
            bench.save(figures, i);
        }
    }

    private void run(Jdk jdk, Figures figures, int launch) throws IOException {
        int seconds = bench.options().isQuick() ? 1 : 2;
        OptionsBuilder options = new OptionsBuilder();
        options.include(Request.class.getName() + (bench.options().isQuick() ? "\\.whole$" : "\\."))
                .jvm(jdk.java())
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500L * seconds))
                .verbosity(VerboseMode.SILENT);
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            for (RunResult result : results) {
                String step = result.getPrimaryResult().getLabel();
                figures.put(step + " (" + jdk.feature() + ")", "nanos", launch, median(result));
            }
        } catch (RunnerException e) {
            throw new IOException("JMH fails on " + jdk.home(), e);
        }
    }

    private static double median(RunResult result) {
        List<Double> scores = new ArrayList<>();
        result.getBenchmarkResults().forEach(fork -> {
            for (IterationResult iteration : fork.getIterationResults()) {
                scores.add(counted(iteration, "nanos") / counted(iteration, "operations"));
            }
        });
        return Statistics.of(scores).median();
    }

    private static double counted(IterationResult iteration, String what) {
        return iteration.getSecondaryResults().get(what).getScore();
    }
}
