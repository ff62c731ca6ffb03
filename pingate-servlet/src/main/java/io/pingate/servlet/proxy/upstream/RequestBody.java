package io.pingate.servlet.proxy.upstream;

import io.pingate.http.HeaderFields;
import org.eclipse.jetty.io.Content;

/** The body of a request on its way to the upstream: read when the upstream can take more, never held whole. */
public interface RequestBody extends Content.Source {
    /** {@return how many bytes there are to come, -1 when only the body's end will tell} */
    @Override
    long getLength();

    /** {@return whether only reading tells if there is a body at all, as in HTTP/2} */
    boolean isOptional();

    /** {@return the trailer fields, which are known once the last chunk has been read; mostly none} */
    HeaderFields trailers();
}
