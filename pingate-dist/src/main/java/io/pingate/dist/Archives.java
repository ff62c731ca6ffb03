package io.pingate.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Writes the same bytes for the same files: in a given order, of one time, owned by numbers. */
final class Archives {
    private Archives() {}

    static void tarGz(List<Entry> entries, Instant time, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream gzip = new GzipCompressorOutputStream(out)) {
            tar(entries, time, gzip);
        }
    }

    static void tar(List<Entry> entries, Instant time, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Entry entry : entries) {
            TarArchiveEntry header = tarHeader(entry);
            header.setModTime(FileTime.from(time));
            header.setMode(entry.mode());
            header.setIds(entry.owner(), entry.owner());
            byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
            if (entry.kind() == Entry.Kind.FILE) {
                header.setSize(entry.isText() ? text.length : Files.size(entry.source()));
            }
            tar.putArchiveEntry(header);
            write(entry, text, tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private static TarArchiveEntry tarHeader(Entry entry) {
        return switch (entry.kind()) {
            case FILE -> new TarArchiveEntry(entry.name());
            case FOLDER -> new TarArchiveEntry(entry.name() + "/");
            case LINK -> {
                TarArchiveEntry link = new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK);
                link.setLinkName(entry.text());
                yield link;
            }
        };
    }

    /** With the time in UTC too: that of old is the local one, to which a class archive can't be held. */
    static void zip(List<Entry> entries, Instant time, Path file) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            for (Entry entry : entries) {
                ZipArchiveEntry header =
                        new ZipArchiveEntry(entry.kind() == Entry.Kind.FOLDER ? entry.name() + "/" : entry.name());
                int type =
                        switch (entry.kind()) {
                            case FILE -> UnixStat.FILE_FLAG;
                            case FOLDER -> UnixStat.DIR_FLAG;
                            case LINK -> UnixStat.LINK_FLAG;
                        };
                header.setUnixMode(type | entry.mode());
                header.setTime(time.toEpochMilli());
                X5455_ExtendedTimestamp stamp = new X5455_ExtendedTimestamp();
                stamp.setModifyFileTime(FileTime.from(time));
                stamp.setFlags(X5455_ExtendedTimestamp.MODIFY_TIME_BIT);
                header.addExtraField(stamp);
                zip.putArchiveEntry(header);
                byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
                write(entry, text, zip);
                if (entry.kind() == Entry.Kind.LINK) {
                    zip.write(text);
                }
                zip.closeArchiveEntry();
            }
        }
    }

    private static void write(Entry entry, byte[] text, OutputStream out) throws IOException {
        if (entry.kind() == Entry.Kind.FILE) {
            if (entry.isText()) {
                out.write(text);
            } else {
                Files.copy(entry.source(), out);
            }
        }
    }
}
