package io.pingate.bench;

final class Report {
    Report(Bench bench) {}

    String text() {
        return "";
    }
}
