package io.pingate.standalone;

import io.pingate.servlet.settings.Renewal;
import io.pingate.servlet.settings.Setting;
import java.util.List;
import java.util.Locale;

/** The settings in {@code --help}, under headings that a reader can find the way by. */
final class SettingsHelp {
    private static final int WIDTH = 80;
    private static final int COLUMN = 31;

    private SettingsHelp() {}

    /** The headings, in their order. */
    private enum Topic {
        PIN("The PIN and the sign-in"),
        LISTEN("Where the gate listens"),
        UPSTREAM("The program behind the gate"),
        LLM("An LLM server behind the gate"),
        PROGRAM("This program");

        private final String heading;

        Topic(String heading) {
            this.heading = heading;
        }

        static Topic of(Setting setting) {
            return switch (setting) {
                case PIN, PIN_FILE, PIN_HASH, SECRET, SECRET_FILE, SECRET_PREVIOUS, SECRET_PREVIOUS_FILE -> PIN;
                case COOKIE_NAME, COOKIE_DOMAIN, SESSION_DAYS, SESSION_RENEW, END_STREAMS, GATE_PATH -> PIN;
                case PUBLIC_PATHS, PREFLIGHT, SHARED_CACHE -> PIN;
                case TITLE, WELCOME, LOGO, FRAME_ANCESTORS -> PIN;
                case HOST, PORT, TLS_CERT_FILE, TLS_KEY_FILE, TRUSTED_PROXIES, PUBLIC_URL, AUTH_URI_HEADER -> LISTEN;
                case UPSTREAM, UPSTREAM_TIMEOUT, CONNECT_TIMEOUT, APP -> UPSTREAM;
                case UPSTREAM_HOST, UPSTREAM_CA_FILE, UPSTREAM_TLS_NAME, UPSTREAM_INSECURE -> UPSTREAM;
                case TRUSTED_EMAIL, TRUSTED_NAME, EXTRA_HEADERS, THEME_CSS_PATH, SELF_HEAL -> UPSTREAM;
                case LITELLM_MASTER_KEY, LITELLM_MASTER_KEY_FILE, LITELLM_INTERNAL, LITELLM_PROXY_PATH -> LLM;
                case LITELLM_ALLOWED_ORIGIN, LITELLM_ALLOWED_PATHS -> LLM;
                case CONFIG, STATE_DIR, REDIS, REDIS_FILE, LOG_LEVEL, QR -> PROGRAM;
                case AUDIT_LOG, AUDIT_FORMAT, ACCESS_LOG, ACCESS_FORMAT -> PROGRAM;
                case METRICS_PORT, METRICS_HOST -> PROGRAM;
            };
        }
    }

    static List<String> lines() {
        TextWrapper text = new TextWrapper(WIDTH, COLUMN);
        for (Topic topic : Topic.values()) {
            text.blank().line(topic.heading);
            for (Setting setting : Setting.values()) {
                if (Topic.of(setting) == topic) {
                    text.entry("  " + name(setting), meaning(setting));
                }
            }
        }
        Setting example = Setting.UPSTREAM_TIMEOUT;
        return text.blank()
                .line(example.flag() + " may also be given as " + example.environmentName()
                        + " in the environment, or as "
                        + example.propertyName()
                        + " as a system property or in the file of --config. A flag wins over a"
                        + " property, that over a variable, that over the file. Secrets, written in capitals above, are"
                        + " no flags, since other users of a machine can read those.")
                .blank()
                .line(
                        "SIGHUP has the file of --config read again, and all files that settings name; the log tells which"
                                + " settings have changed, and which wait for a restart.")
                .lines();
    }

    private static String name(Setting setting) {
        if (setting.secret()) {
            return setting.environmentName();
        }
        String flag = setting.flag();
        return flag + "=" + flag.substring(flag.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT);
    }

    private static String meaning(Setting setting) {
        String standard = setting.defaultText();
        String meaning = setting.meaning() + Renewal.of(setting).note();
        return standard.equals("none") ? meaning : meaning + " [" + standard + "]";
    }
}
