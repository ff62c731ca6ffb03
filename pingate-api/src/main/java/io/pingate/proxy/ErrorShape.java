package io.pingate.proxy;

/** How the gate's own errors look to the programs that call a route. */
public enum ErrorShape {
    /** {@code {"error": "...", "status": 502}}. */
    PLAIN,

    /**
     * {@code {"error": {"message": "...", "type": "...", "code": "..."}}}, as OpenAI's API has it: its clients show the
     * reason, and of anything else only the status.
     */
    OPENAI
}
