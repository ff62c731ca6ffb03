package io.pingate.servlet.coding;

import io.pingate.proxy.BodyStage;
import io.pingate.proxy.ContentCoding;
import io.pingate.proxy.ThemedHead.Recoding;
import java.util.concurrent.Executor;

/** Lets a stage see the plain bytes of a coded body. */
public final class ContentCodings {
    private final Executor threads;

    /**
     * Prepares the codings.
     *
     * @param threads run the decoder of Brotli, which can't share its caller's: one for each body
     */
    public ContentCodings(Executor threads) {
        this.threads = threads;
    }

    /**
     * Puts a stage between taking one coding off and putting another one on.
     *
     * @param body how the body comes in and goes out
     * @param plain the stage for the plain bytes
     * @return a stage for the coded bytes
     */
    public BodyStage around(BodyStage plain, Recoding body) {
        BodyStage decoded =
                switch (body.from()) {
                    case IDENTITY -> plain;
                    case GZIP -> new ChainedStages(new GzipDecoder(), plain);
                    case DEFLATE -> new ChainedStages(new DeflateDecoder(), plain);
                    case BR -> new ChainedStages(new BrotliDecoder(threads), plain);
                };
        return body.to() == ContentCoding.GZIP ? new ChainedStages(decoded, new GzipEncoder()) : decoded;
    }
}
