package io.pingate.bench;

final class ProfileMode {
    static final String NAME = "profile";

    ProfileMode(Bench bench) {}

    void run() {}
}
