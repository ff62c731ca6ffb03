package io.pingate.examples.spring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** A slice has no gate, and needs no PIN. */
@WebMvcTest(NotesController.class)
@AutoConfigureMockMvc(addFilters = false)
@TestPropertySource(properties = "pingate.pin=")
class SliceTest {
    @Autowired
    MockMvc mvc;

    @Test
    void controller_is_tested_by_itself() throws Exception {
        mvc.perform(get("/notes"))
                .andExpect(status().isOk())
                .andExpect(content().json("[]"));
    }
}
