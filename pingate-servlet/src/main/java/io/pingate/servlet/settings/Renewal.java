package io.pingate.servlet.settings;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** When a running gate takes up that a setting has changed. */
public enum Renewal {
    /** By itself: the setting names a file, and what is in it is read again when it changes. */
    FILE,
    /** When the gate is told to read its settings again. */
    RELOAD,
    /** With the next start: what listens, or what connects to the upstream, was made of it. */
    RESTART;

    /**
     * Says it of a setting.
     *
     * @param setting the setting
     * @return when it is taken up
     */
    public static Renewal of(Setting setting) {
        return switch (setting) {
            case PIN_FILE, SECRET_FILE, SECRET_PREVIOUS_FILE, LITELLM_MASTER_KEY_FILE, THEME_CSS_PATH, LOGO -> FILE;
            case UPSTREAM_CA_FILE, TLS_CERT_FILE, TLS_KEY_FILE -> FILE;
            case PIN, PIN_HASH, SECRET, SECRET_PREVIOUS -> RELOAD;
            case SESSION_DAYS, SESSION_RENEW, END_STREAMS, PUBLIC_PATHS, PREFLIGHT, SHARED_CACHE -> RELOAD;
            case TRUSTED_PROXIES, AUTH_URI_HEADER, TRUSTED_EMAIL, TRUSTED_NAME, EXTRA_HEADERS -> RELOAD;
            case SELF_HEAL, TITLE, WELCOME, FRAME_ANCESTORS -> RELOAD;
            case UPSTREAM_TLS_NAME, UPSTREAM_INSECURE -> RELOAD;
            case LITELLM_MASTER_KEY, LITELLM_INTERNAL, LITELLM_PROXY_PATH -> RELOAD;
            case LITELLM_ALLOWED_ORIGIN, LITELLM_ALLOWED_PATHS -> RELOAD;
            default -> RESTART;
        };
    }

    /** {@return what is to be told behind a setting's meaning} */
    public String note() {
        return this == FILE ? "; read again when it changes" : "";
    }

    /** {@return the settings that are taken up so} */
    public Set<Setting> settings() {
        return Arrays.stream(Setting.values())
                .filter(setting -> of(setting) == this)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Setting.class)));
    }

    /**
     * Those that are taken up together, or not at all: a new key without the old one that is to verify still would sign
     * everybody out, and the LLM server's key is for one server alone.
     *
     * @param setting one of them
     * @return all of them
     */
    public static Set<Setting> together(Setting setting) {
        return switch (setting) {
            case PIN, PIN_FILE, PIN_HASH -> EnumSet.of(Setting.PIN, Setting.PIN_FILE, Setting.PIN_HASH);
            case SECRET, SECRET_FILE, SECRET_PREVIOUS, SECRET_PREVIOUS_FILE ->
                EnumSet.range(Setting.SECRET, Setting.SECRET_PREVIOUS_FILE);
            case LITELLM_MASTER_KEY,
                    LITELLM_MASTER_KEY_FILE,
                    LITELLM_INTERNAL,
                    LITELLM_PROXY_PATH,
                    LITELLM_ALLOWED_ORIGIN,
                    LITELLM_ALLOWED_PATHS -> EnumSet.range(Setting.LITELLM_MASTER_KEY, Setting.LITELLM_ALLOWED_PATHS);
            case UPSTREAM_CA_FILE, UPSTREAM_TLS_NAME, UPSTREAM_INSECURE ->
                EnumSet.range(Setting.UPSTREAM_CA_FILE, Setting.UPSTREAM_INSECURE);
            case TLS_CERT_FILE, TLS_KEY_FILE -> EnumSet.of(Setting.TLS_CERT_FILE, Setting.TLS_KEY_FILE);
            default -> EnumSet.of(setting);
        };
    }
}
