package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one mode has measured, in a file of its own, so that modes can be run again one by one. */
final class Figures {
    private final Path file;
    private final Map<String, String> facts = new LinkedHashMap<>();
    /** By gate, then by what is measured, then by launch. */
    private final Map<String, Map<String, Map<Integer, Double>>> values = new LinkedHashMap<>();

    private Figures(Path file) {
        this.file = file;
    }

    static Figures begin(Path folder, String mode) {
        return new Figures(folder.resolve(mode + ".tsv"));
    }

    static Figures read(Path folder, String mode) throws IOException {
        Figures figures = begin(folder, mode);
        if (Files.exists(figures.file)) {
            for (String line : Files.readAllLines(figures.file)) {
                String[] words = line.split("\t", -1);
                if (words[0].equals("#")) {
                    figures.facts.put(words[1], words[2]);
                } else {
                    figures.put(words[0], words[1], Integer.parseInt(words[2]), Double.parseDouble(words[3]));
                }
            }
        }
        return figures;
    }

    void fact(String name, String value) {
        facts.put(name, value.replaceAll("\\s+", " "));
    }

    Map<String, String> facts() {
        return facts;
    }

    void put(String gate, String what, int launch, double value) {
        values.computeIfAbsent(gate, name -> new LinkedHashMap<>())
                .computeIfAbsent(what, name -> new TreeMap<>())
                .put(launch, value);
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> lines.add("#\t" + name + "\t" + value));
        values.forEach((gate, all) -> all.forEach((what, launches) ->
                launches.forEach((launch, value) -> lines.add(gate + "\t" + what + "\t" + launch + "\t" + value))));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<String> gates() {
        return List.copyOf(values.keySet());
    }

    /** What was measured of a gate, in the order in which it was put. */
    List<String> names(String gate) {
        return List.copyOf(values.getOrDefault(gate, Map.of()).keySet());
    }

    Map<Integer, Double> launches(String gate, String what) {
        return values.getOrDefault(gate, Map.of()).getOrDefault(what, Map.of());
    }

    Optional<Statistics> of(String gate, String what) {
        Map<Integer, Double> launches = launches(gate, what);
        return launches.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(launches.values()));
    }

    /** Of each launch to the same launch of another gate. */
    Optional<Statistics> ratio(String gate, String other, String what) {
        return ratio(gate, what, other, what);
    }

    Optional<Statistics> ratio(String gate, String what, String other, String otherWhat) {
        List<Double> ratios = new ArrayList<>();
        Map<Integer, Double> others = launches(other, otherWhat);
        launches(gate, what).forEach((launch, value) -> {
            if (others.containsKey(launch)) {
                ratios.add(value / others.get(launch));
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(ratios));
    }

    /** Of each launch above the same launch of another gate. */
    Optional<Statistics> above(String gate, String other, String what) {
        List<Double> differences = new ArrayList<>();
        Map<Integer, Double> others = launches(other, what);
        launches(gate, what).forEach((launch, value) -> {
            if (others.containsKey(launch)) {
                differences.add(value - others.get(launch));
            }
        });
        return differences.isEmpty() ? Optional.empty() : Optional.of(Statistics.of(differences));
    }
}
