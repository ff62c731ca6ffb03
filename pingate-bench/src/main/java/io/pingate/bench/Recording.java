package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Whose code runs, from a flight recording: each sample belongs to the uppermost frame that isn't the JDK's. */
final class Recording {
    private static final List<String> JDK = List.of("java.", "jdk.", "sun.", "javax.");

    private Recording() {}

    /** Per cent of the samples of Java code between two times, most first. */
    static Map<String, Double> groups(Path file, Instant from, Instant to) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        int all = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                boolean isSample = event.getEventType().getName().equals("jdk.ExecutionSample")
                        && event.getStackTrace() != null
                        && event.getStartTime().isAfter(from)
                        && event.getStartTime().isBefore(to);
                if (isSample) {
                    counts.merge(group(event.getStackTrace().getFrames()), 1, Integer::sum);
                    all++;
                }
            }
        }
        double total = all;
        Map<String, Double> shares = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> shares.put(entry.getKey(), 100 * entry.getValue() / total));
        return shares;
    }

    private static String group(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (JDK.stream().noneMatch(type::startsWith)) {
                return type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : type;
            }
        }
        return "the JDK alone";
    }
}
