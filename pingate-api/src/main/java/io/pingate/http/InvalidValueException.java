package io.pingate.http;

/**
 * A value that can't be used. Its message is the parameter's name and the rule, as in {@code gate path: must be a path like
 * /pin}, and never holds a secret.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * Names the parameter and its rule.
     *
     * @param name what the value is called where it is passed, in plain words
     * @param rule what must be so, as a phrase
     */
    public InvalidValueException(String name, String rule) {
        super(name + ": " + rule);
        this.rule = rule;
    }

    /** {@return the rule alone, for those who know the value by another name, as that of a setting} */
    public String rule() {
        return rule;
    }
}
