package org.countersign.core.recording;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.countersign.core.CoreSettings;
import org.countersign.journal.JournalReader;

/** Reads recordings from the journal that the connector of this node writes. */
@ApplicationScoped
public class RecordingProducer {
    @Produces
    @Singleton
    Recordings recordings(CoreSettings settings) {
        JournalReader journal = new JournalReader(settings.journal());
        return journal::frames;
    }

    @Produces
    @Singleton
    RecentFrames recent(CoreSettings settings) {
        JournalReader journal = new JournalReader(settings.journal());
        return journal::latest;
    }
}
