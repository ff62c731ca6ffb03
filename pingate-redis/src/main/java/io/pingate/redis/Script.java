package io.pingate.redis;

/** What the store does as one step. */
enum Script {
    /** A gate says which epoch it goes by, and is told the one of all. Keys: state, gates. Arguments: its epoch, itself, its list. */
    BEAT("""
            local epoch = redis.call('HGET', KEYS[1], 'epoch') or '0'
            if tonumber(ARGV[1]) > tonumber(epoch) then
              epoch = ARGV[1]
              redis.call('HSET', KEYS[1], 'epoch', epoch)
            end
            redis.call('HSET', KEYS[2], ARGV[2], redis.call('TIME')[1] .. ' ' .. ARGV[1] .. ' ' .. ARGV[3])
            redis.call('EXPIRE', KEYS[2], 3600)
            return {epoch, redis.call('HGET', KEYS[1], 'revoked') or ''}
            """),

    /** Raises the epoch. Key: state. Argument: the least that it is to be. */
    SIGN_OUT("""
            local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0') + 1
            if epoch < tonumber(ARGV[1]) then epoch = tonumber(ARGV[1]) end
            local text = string.format('%.0f', epoch)
            redis.call('HSET', KEYS[1], 'epoch', text)
            return {text}
            """),

    /** Adds ids, and forgets those that ended a month ago. Keys: state, revoked. Arguments: a new name of the list, ids and ends. */
    REVOKE("""
            for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
            local oldest = tonumber(redis.call('TIME')[1]) - 2592000
            local all = redis.call('HGETALL', KEYS[2])
            for i = 1, #all, 2 do
              if tonumber(all[i + 1]) < oldest then redis.call('HDEL', KEYS[2], all[i]) end
            end
            redis.call('HSET', KEYS[1], 'revoked', ARGV[1])
            return {ARGV[1]}
            """),

    /** The gates that have said so within 3 s, as {@link #BEAT} wrote it. Key: gates. */
    GATES("""
            local oldest = tonumber(redis.call('TIME')[1]) - 3
            local all = redis.call('HGETALL', KEYS[1])
            local running = {}
            for i = 1, #all, 2 do
              if tonumber(string.match(all[i + 1], '^%d+')) >= oldest then
                table.insert(running, all[i + 1])
              else
                redis.call('HDEL', KEYS[1], all[i])
              end
            end
            return running
            """);

    private final String text;

    Script(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
