package io.pingate.servlet.page;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all the gate's pages look like: the frame, the tool's facts, and words in the language that the browser asks for.
 * Those of a language are read when it is first asked for.
 */
public final class Dress {
    private static final int MAX_HOST = 80;

    private final Facts facts;
    private final String ancestors;
    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

    /** Shows a tool's facts, in no frame. */
    public Dress(Facts facts) {
        this(facts, "");
    }

    /**
     * Shows a tool's facts.
     *
     * @param facts the facts
     * @param ancestors the origins of pages that may have it in a frame, as {@code frame-ancestors} takes them; empty for none
     */
    public Dress(Facts facts, String ancestors) {
        this.facts = facts;
        this.ancestors = ancestors;
    }

    /** A kind of page: what it shows, and what is in the frame. */
    enum Kind {
        SIGN_IN("sign-in.html", "locked.svg"),
        LINK("link.html", "unlocked.svg"),
        SIGNED_IN("signed-in.html", "unlocked.svg"),
        ERROR("error.html", "alert.svg");

        private final String body;
        private final String picture;

        Kind(String body, String picture) {
            this.body = body;
            this.picture = picture;
        }
    }

    /** The pages of one language, whose slots are all that differs from one answer to the next. */
    private record Prepared(Words words, Map<Kind, Template> pages) {}

    Words words(Audience audience) {
        return in(audience).words;
    }

    /**
     * An answer that is a page.
     *
     * @param heading what it says first, escaped
     * @param slots markup for the body's slots; {@code refresh} is optional
     */
    Answer page(Audience audience, int status, Kind kind, String heading, Map<String, String> slots) {
        Prepared language = in(audience);
        Map<String, String> all = new HashMap<>(slots);
        all.putIfAbsent("refresh", "");
        String tool = Html.escape(tool(audience));
        all.put("tool", tool.isEmpty() ? "" : "<p class=\"tool\"><bdi>" + tool + "</bdi></p>\n");
        all.put("title", tool.isEmpty() ? heading : heading + " · " + tool);
        all.put("heading", heading);
        Template page = language.pages.get(kind);
        Answer answer = Answer.html(status, language.words.tag(), page == null ? "" : page.render(all));
        return ancestors.isEmpty() ? answer : answer.framedBy(ancestors);
    }

    private Prepared in(Audience audience) {
        return prepared.computeIfAbsent(Language.of(audience.languages()), this::prepare);
    }

    private Prepared prepare(String tag) {
        Words words = Words.in(tag);
        Map<Kind, Template> pages = new HashMap<>();
        for (Kind kind : Kind.values()) {
            pages.put(kind, prepare(words, kind));
        }
        return new Prepared(words, Map.copyOf(pages));
    }

    private Template prepare(Words words, Kind kind) {
        Map<String, String> constant = Map.of(
                "lang",
                words.tag(),
                "dir",
                words.direction(),
                "style",
                PagePolicy.STYLE,
                "script",
                "<script>" + PagePolicy.SCRIPT + "</script>\n",
                "picture",
                picture(kind),
                "welcome",
                facts.welcome().isEmpty() ? words.get("form.about") : Html.escape(facts.welcome()));
        return Template.of(Resource.text("frame.html"))
                .with("body", Template.of(Resource.text(kind.body)))
                .with(slot -> slot.startsWith("words ") ? words.get(slot.substring(6)) : constant.get(slot));
    }

    private String picture(Kind kind) {
        return facts.logo().isEmpty()
                ? Resource.text(kind.picture).strip()
                : "<img src=\"" + facts.logo() + "\" alt=\"\">";
    }

    private String tool(Audience audience) {
        if (!facts.title().isEmpty()) {
            return facts.title();
        }
        String host = audience.host();
        return host.length() > MAX_HOST ? host.substring(0, MAX_HOST) + "…" : host;
    }
}
