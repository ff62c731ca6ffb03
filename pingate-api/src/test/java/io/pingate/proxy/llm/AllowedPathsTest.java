package io.pingate.proxy.llm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.RequestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedPathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat/completions",
                "/completions",
                "/embeddings",
                "/models",
                "/models/gpt-4o",
                "/models/openai/gpt-4o",
                "/responses",
                "/responses/resp_1",
                "/responses/resp_1/cancel",
                "/responses/resp_1/input_items",
                "/messages",
                "/messages/count_tokens",
                "/audio/speech",
                "/audio/transcriptions",
                "/audio/translations",
                "/images/generations",
                "/images/edits",
                "/rerank",
                "/moderations",
                "/realtime",
                "/realtime?model=m",
                "/chat/completions?api-version=1/../x",
                "/models?"
            })
    void permits_a_path_by_default_when_it_runs_a_model(String path) {
        assertTrue(AllowedPaths.inference().permit(RequestTarget.of(path)));
        assertTrue(AllowedPaths.inference().permit(RequestTarget.of("/v1" + path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/",
                "/key/generate",
                "/v1/key/generate",
                "/user/new",
                "/team/list",
                "/model/new",
                "/model/info",
                "/v1/model/info",
                "/config/update",
                "/health",
                "/spend/logs",
                "/global/spend/reset",
                "/ui",
                "/ui/",
                "/sso",
                "/openai/deployments/m/chat/completions",
                "/openai/v1/files",
                "/anthropic/v1/messages",
                "/bedrock/x",
                "/v1/files",
                "/v1/batches",
                "/v1/fine_tuning/jobs",
                "/v1/assistants",
                "/v1/messages/batches",
                "/mcp",
                "/v2/chat/completions",
                "/v1/v1/chat/completions",
                "/V1/chat/completions",
                "/chat/Completions",
                "/chat/completions/",
                "/chat",
                "/chat/completionsx",
                "/modelsx",
                "/audio",
                "/images",
                "/v1chat/completions"
            })
    void refuses_a_path_by_default_when_it_is_not_on_the_list(String path) {
        assertFalse(AllowedPaths.inference().permit(RequestTarget.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models/../key/generate",
                "/models/%2e%2e/key/generate",
                "/models/..;/key/generate",
                "/models/..%2fkey",
                "/models/x%2f..%2f..%2fkey",
                "/models//key",
                "/models/\\..\\key",
                "/models/.",
                "/audio/%252e%252e/key",
                "//models",
                "/./models",
                "/chat%2Fcompletions",
                "/models/openai%2Fgpt-4o",
                "/models/\u00e9",
                "/models;x"
            })
    void refuses_a_path_by_default_when_it_could_mean_another_one(String path) {
        assertFalse(AllowedPaths.inference().permit(RequestTarget.of(path)));
    }

    @Test
    void permits_exactly_these_when_paths_are_listed() {
        AllowedPaths paths = AllowedPaths.of("/v1/files, /v1/files/*,inference");

        assertTrue(paths.permit(RequestTarget.of("/v1/files")));
        assertTrue(paths.permit(RequestTarget.of("/v1/files/a/content")));
        assertTrue(paths.permit(RequestTarget.of("/v1/files/")));
        assertTrue(paths.permit(RequestTarget.of("/v1/chat/completions")));
        assertFalse(paths.permit(RequestTarget.of("/files")));
        assertFalse(paths.permit(RequestTarget.of("/v1/filesx")));
        assertFalse(AllowedPaths.of("/v1/files").permit(RequestTarget.of("/v1/chat/completions")));
        assertFalse(AllowedPaths.of("/v1/files/*").permit(RequestTarget.of("/v1/files")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/key/generate",
                "/a%2Fb",
                "//a",
                "/a;b",
                "/a.b/..c/...",
                "/.well-known/x",
                "/x?../..",
                "/a%20b",
                "/%2ewell",
                "/a..",
                "/..."
            })
    void permits_everything_else_when_told_so(String path) {
        assertTrue(AllowedPaths.of(" * ").permit(RequestTarget.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/.",
                "/a/../b",
                "/a/./b",
                "/a/..",
                "/%2e%2e/a",
                "/.%2E/a",
                "/%2e",
                "/a%2f..%2fb",
                "/a\\..\\b",
                "/a%5C..",
                "/..;x/a",
                "/..%3Bx/a",
                "/a/%252e%252e/b",
                "/a/%c0%ae%c0%ae/b",
                "/a/..?x"
            })
    void refuses_dot_segments_when_everything_is_permitted(String path) {
        assertFalse(AllowedPaths.of("*").permit(RequestTarget.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1/files",
                "/v1/*/x",
                "/*/x",
                "/v1*",
                "*, /v1",
                "/a?b",
                "/a//b",
                "/a/../b",
                "/a%20b",
                "/a b",
                "Inference"
            })
    void refuses_to_start_when_an_entry_is_no_path(String text) {
        assertThrows(IllegalArgumentException.class, () -> AllowedPaths.of(text));
    }
}
