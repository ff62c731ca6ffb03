package io.pingate.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Notes that people share. Nothing in it knows of the gate: that is a dependency, and lines of application.yml. */
@SpringBootApplication
public class NotesApplication {
    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(NotesApplication.class, args);
    }
}
