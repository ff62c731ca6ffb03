package io.pingate.servlet.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Markup with slots, as in <code>{{next}}</code>, taken apart once. What is put into a slot is never looked at again, so
 * that nothing a stranger wrote becomes a slot.
 */
final class Template {
    /** Text and slots by turns, text first and last. */
    private final List<String> parts;

    private Template(List<String> parts) {
        this.parts = parts;
    }

    static Template of(String text) {
        return new Template(List.of(text.split("\\{\\{|}}", -1)));
    }

    /** {@return the same with some of its slots filled for good} */
    Template with(Map<String, String> markup) {
        return with(markup::get);
    }

    /** {@return the same with some of its slots filled for good: those for which there is markup} */
    Template with(UnaryOperator<@Nullable String> markup) {
        List<String> left = new ArrayList<>();
        StringBuilder text = new StringBuilder(parts.get(0));
        for (int slot = 1; slot < parts.size(); slot += 2) {
            String filling = markup.apply(parts.get(slot));
            if (filling == null) {
                left.add(text.toString());
                left.add(parts.get(slot));
                text.setLength(0);
            } else {
                text.append(filling);
            }
            text.append(parts.get(slot + 1));
        }
        left.add(text.toString());
        return new Template(List.copyOf(left));
    }

    /** {@return the same with a template in the place of a slot} */
    Template with(String slot, Template inner) {
        List<String> joined = new ArrayList<>(parts);
        int at = joined.indexOf(slot);
        List<String> all = inner.parts;
        int last = all.size() - 1;
        if (at < 0 || last == 0) {
            return with(Map.of(slot, all.get(0)));
        }
        joined.set(at + 1, all.get(last) + joined.get(at + 1));
        joined.set(at - 1, joined.get(at - 1) + all.get(0));
        joined.remove(at);
        joined.addAll(at, all.subList(1, last));
        return new Template(List.copyOf(joined));
    }

    /** {@return the whole, all its slots filled} */
    String render(Map<String, String> markup) {
        List<String> whole = with(markup).parts;
        if (whole.size() > 1) {
            throw new IllegalArgumentException("nothing fills " + whole.get(1));
        }
        return whole.get(0);
    }
}
