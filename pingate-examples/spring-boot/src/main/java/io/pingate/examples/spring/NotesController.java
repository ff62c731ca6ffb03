package io.pingate.examples.spring;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The notes over HTTP, and as events while they come. */
@RestController
class NotesController {
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<SseEmitter> readers = new CopyOnWriteArrayList<>();

    @GetMapping("/notes")
    List<String> notes() {
        return notes;
    }

    @PostMapping("/notes")
    @ResponseStatus(HttpStatus.CREATED)
    void add(@RequestBody String text, Principal author) {
        String note = author.getName() + ": " + text;
        notes.add(note);
        readers.forEach(reader -> send(reader, note));
    }

    @GetMapping("/notes/events")
    SseEmitter events() {
        SseEmitter reader = new SseEmitter(0L);
        readers.add(reader);
        reader.onCompletion(() -> readers.remove(reader));
        send(reader, "hello");
        return reader;
    }

    private void send(SseEmitter reader, String text) {
        try {
            reader.send(text);
        } catch (IOException | IllegalStateException gone) {
            readers.remove(reader);
        }
    }
}
