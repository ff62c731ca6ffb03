package io.pingate.servlet;

import io.pingate.servlet.settings.Renewal;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.settings.Snapshot;
import io.pingate.servlet.settings.WatchedFiles;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The terms of the moment, and how others take their place: read and checked as a whole, then put there at once. What can't
 * be used of what is written now stays what it was.
 */
final class LiveTerms {
    private final List<SettingsSource> sources;
    private final Foundation foundation;
    private final WatchedFiles files = new WatchedFiles();
    private final RenewalLog log = new RenewalLog();
    private Snapshot written;
    private volatile GateTerms terms;

    /** Begins with those that a reader finds, who has read the foundation before. */
    LiveTerms(SettingsReader first, List<SettingsSource> sources, Foundation foundation) {
        this.sources = List.copyOf(sources);
        this.foundation = foundation;
        this.terms = new GateTerms(first, foundation, null);
        this.written = first.snapshot();
    }

    GateTerms now() {
        return terms;
    }

    /** Takes up what has become of the files that settings name. */
    synchronized void lookAtFiles() {
        if (files.haveChanged(written.files())) {
            renew(new Renewed(List.of(written.source())));
        }
    }

    /** Reads everything again that is written where it may have changed. */
    synchronized void reload() {
        log.beginReload();
        SettingsReader fresh = reader(sources, EnumSet.noneOf(Setting.class));
        boolean readable = !fresh.isFaulty(Setting.CONFIG);
        Renewed renewed = new Renewed(readable ? sources : List.of(written.source()));
        renewed.faults.putAll(fresh.faults());
        Set<Setting> elsewhere = fresh.snapshot().differingFrom(written);
        elsewhere.retainAll(Renewal.RESTART.settings());
        renew(renewed);
        log.endReload(readable ? elsewhere : Set.of());
    }

    private SettingsReader reader(List<SettingsSource> from, Set<Setting> held) {
        SettingsReader settings = new SettingsReader(from, held, written);
        settings.addDefaults(foundation.app.settings());
        return settings;
    }

    /** An attempt to put other terms in the place of these. */
    private static final class Renewed {
        private final List<SettingsSource> from;
        private final Set<Setting> held = Renewal.RESTART.settings();
        private final Map<Setting, String> faults = new EnumMap<>(Setting.class);

        Renewed(List<SettingsSource> from) {
            this.from = from;
        }

        /** Leaves what is faulty as it was, with all that belongs to it. Returns whether that may help. */
        boolean avoid(Map<Setting, String> found) {
            faults.putAll(found);
            Set<Setting> more = EnumSet.noneOf(Setting.class);
            found.keySet().forEach(setting -> more.addAll(Renewal.together(setting)));
            // Faulty although it is what it was: something else makes it so.
            return held.addAll(more) || held.addAll(EnumSet.allOf(Setting.class));
        }
    }

    private void renew(Renewed renewed) {
        SettingsReader settings = reader(renewed.from, renewed.held);
        GateTerms fresh;
        try {
            fresh = new GateTerms(settings, foundation, terms);
        } catch (SettingsException e) {
            if (renewed.avoid(settings.faults())) {
                renew(renewed);
            } else {
                log.tell(renewed.faults, Set.of());
            }
            return;
        }
        Snapshot now = settings.snapshot();
        Set<Setting> changed = now.differingFrom(written);
        written = now;
        log.tell(renewed.faults, changed);
        if (!changed.isEmpty()) {
            GateTerms before = terms;
            terms = fresh;
            log.warn(fresh.warnings(), before.warnings());
            if (fresh.supersede(before)) {
                log.signedOut();
            }
        }
    }
}
