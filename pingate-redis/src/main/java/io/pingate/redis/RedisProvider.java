package io.pingate.redis;

import io.lettuce.core.RedisURI;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.shared.SharedStateProvider;
import java.util.regex.Pattern;

/** Has gates share by Redis, or by Valkey, which speaks the same protocol. */
public final class RedisProvider implements SharedStateProvider {
    private static final String RULE = "must be redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// with TLS;"
            + " escape other characters than letters and digits in a password, as in %2F";

    /** Lettuce takes much more, and some of it for something else than was meant. */
    private static final Pattern ADDRESS =
            Pattern.compile("rediss?://([^@/?#]*@)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[0-9]{0,4})?");

    /** Called by the service loader. */
    public RedisProvider() {}

    @Override
    public SharedState at(String address, String gate) {
        return new RedisState(uri(address), new Keys(gate));
    }

    /** No exception of the parser's is passed on: its message may be the address, with the password. */
    private static RedisURI uri(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(RULE);
        }
        RedisURI uri;
        try {
            uri = RedisURI.create(address);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(RULE);
        }
        uri.setTimeout(RedisLink.LEISURE);
        return uri;
    }
}
