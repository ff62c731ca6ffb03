package io.pingate.servlet.proxy.theme.coding;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies as servers send them. */
public final class Coded {
    private Coded() {}

    public static byte[] gzip(byte[] body) {
        return gzip(body, body.length);
    }

    /** As a server does that flushes after each so many bytes. */
    public static byte[] gzip(byte[] body, int flushBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, true)) {
            for (int at = 0; at < body.length; at += flushBytes) {
                gzip.write(body, at, Math.min(flushBytes, body.length - at));
                gzip.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] deflate(byte[] body, boolean bare) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** As a client reads it. */
    public static byte[] gunzip(byte[] coded) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(coded))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
