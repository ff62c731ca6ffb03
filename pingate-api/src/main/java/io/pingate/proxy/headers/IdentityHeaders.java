package io.pingate.proxy.headers;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields by which the upstream knows who is signed in.
 *
 * <p>What a client sends under one of their names, or one that looks alike, is always dropped, whether the gate has a
 * value of its own or not.
 */
public final class IdentityHeaders {
    /** Carries the user's mail address. */
    public static final String EMAIL = "X-Trusted-User-Email";

    /** Carries the user's name. */
    public static final String NAME = "X-Trusted-User-Name";

    private static final IdentityHeaders NONE = new IdentityHeaders(List.of(EMAIL, NAME), List.of());

    private final List<String> names;
    private final List<Map.Entry<String, String>> fields;

    private IdentityHeaders(List<String> names, List<Map.Entry<String, String>> fields) {
        this.names = List.copyOf(names);
        this.fields = List.copyOf(fields);
    }

    /** {@return whether there is a field to add, so that the upstream is told anything} */
    public boolean tellAnything() {
        return !fields.isEmpty();
    }

    /** {@return no identity; the two trusted names are reserved all the same} */
    public static IdentityHeaders none() {
        return NONE;
    }

    /**
     * Adds a field for signed-in requests.
     *
     * @param name a token (RFC 9110 section 5.6.2) that isn't the proxy's own business, once only
     * @param value the text, sent as UTF-8; no control characters
     * @return the headers with it
     * @throws IllegalArgumentException naming the field and the rule that is broken, without the value
     */
    public IdentityHeaders with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        if (fields.stream().anyMatch(field -> FieldName.alike(field.getKey(), name))) {
            throw new InvalidValueException("name", "must be given once; '-', '_' and case make no difference");
        }
        more.add(Map.entry(name, FieldRules.latin1(value)));
        return new IdentityHeaders(reserving(name).names, more);
    }

    /**
     * Reserves a name, so that clients can't send it.
     *
     * @param name a token that isn't the proxy's own business
     * @return the headers with it
     * @throws IllegalArgumentException naming the field and the rule that is broken
     */
    public IdentityHeaders reserving(String name) {
        FieldRules.check(name);
        if (names.contains(name)) {
            return this;
        }
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return new IdentityHeaders(more, fields);
    }

    List<String> names() {
        return names;
    }

    /**
     * Tells whether a client's field of this name is dropped.
     *
     * @param name the name, as the client spells it
     * @return true when it is one of the names, or looks like one
     */
    public boolean reserves(String name) {
        return names.stream().anyMatch(reserved -> FieldName.alike(reserved, name));
    }

    /** {@return what a signed-in request carries, values as UTF-8 bytes, one char for each} */
    public HeaderFields fields() {
        return HeaderFields.of(fields);
    }

    /** {@return every name without a value, for whoever copies fields from an answer and would else leave a client's in place} */
    public HeaderFields blanks() {
        return action -> names.forEach(name -> action.accept(name, ""));
    }

    /** {@return the names; values may be private} */
    @Override
    public String toString() {
        return "IdentityHeaders" + names;
    }
}
