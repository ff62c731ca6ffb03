package io.pingate.proxy.llm;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.RouteRules;
import io.pingate.proxy.SignedIn;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.Optional;

/**
 * The rules of the LLM route: which pages may ask, and for what.
 *
 * @param origins which pages may ask
 * @param paths what may be asked for
 * @param originsName what the list of origins is called where it is set, for whoever is refused
 * @param pathsName what the list of paths is called there
 */
public record LlmRules(AllowedOrigins origins, AllowedPaths paths, String originsName, String pathsName)
        implements RouteRules {
    @Override
    public Optional<String> objection(
            String method, RequestTarget target, Forwarding forwarding, SignedIn signedIn, HeaderFields clientRequest) {
        if (!origins.permit(method, forwarding, signedIn, clientRequest)) {
            return Optional.of(
                    "A page's Origin must be on the list of " + originsName
                            + "; a program without a page sends a token in place of the cookie, or Sec-Fetch-Site: same-origin.");
        }
        return paths.permit(target)
                ? Optional.empty()
                : Optional.of("This path isn't on the list of " + pathsName + ".");
    }

    @Override
    public Optional<HeaderFields> unaskedAnswer(String method, HeaderFields clientRequest) {
        return origins.preflight(method, clientRequest);
    }

    @Override
    public HeaderFields answerFields(HeaderFields clientRequest) {
        return origins.answerFields(clientRequest);
    }
}
