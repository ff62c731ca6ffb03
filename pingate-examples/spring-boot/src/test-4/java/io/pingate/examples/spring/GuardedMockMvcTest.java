package io.pingate.examples.spring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

/** Tests of the whole application have the gate in their chain of filters, and sign in as people do. */
@SpringBootTest(properties = "pingate.secret=the key of this test")
@AutoConfigureMockMvc
class GuardedMockMvcTest {
    @Autowired
    MockMvc mvc;

    @Test
    void notes_are_told_to_whoever_has_the_pin() throws Exception {
        mvc.perform(get("/notes")).andExpect(status().isUnauthorized());
        Cookie cookie = signIn();
        mvc.perform(get("/notes").cookie(cookie)).andExpect(status().isOk()).andExpect(content().json("[]"));
    }

    private Cookie signIn() throws Exception {
        return mvc.perform(post("/pin")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("pin=73914625"))
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getCookie("pingate");
    }
}
