package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pingate.http.syntax.CspHash;
import java.nio.ByteBuffer;

/** What is put into HTML pages at the end of their head: a style, a script, or both. All of it is ASCII. */
public interface Addition {
    /** {@return the elements, as a read-only buffer of its own} */
    ByteBuffer markup();

    /**
     * Allows them, and nothing else.
     *
     * @param policies those of a page
     * @return the policies under which the elements work
     */
    ContentSecurityPolicy allowedBy(ContentSecurityPolicy policies);

    /** {@return eight hex digits that tell this addition from others} */
    String tag();

    /**
     * Puts two into one.
     *
     * @param first comes first
     * @param second comes behind it
     * @return both
     */
    static Addition both(Addition first, Addition second) {
        ByteBuffer one = first.markup();
        ByteBuffer other = second.markup();
        ByteBuffer markup = ByteBuffer.allocate(one.remaining() + other.remaining())
                .put(one)
                .put(other)
                .flip()
                .asReadOnlyBuffer();
        String tag = CspHash.of((first.tag() + second.tag()).getBytes(US_ASCII))
                .hex(first.tag().length() / 2);
        return new Addition() {
            @Override
            public ByteBuffer markup() {
                return markup.duplicate();
            }

            @Override
            public ContentSecurityPolicy allowedBy(ContentSecurityPolicy policies) {
                return second.allowedBy(first.allowedBy(policies));
            }

            @Override
            public String tag() {
                return tag;
            }
        };
    }
}
