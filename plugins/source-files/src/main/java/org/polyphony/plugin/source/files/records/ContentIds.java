package org.polyphony.plugin.source.files.records;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.polyphony.spi.preference.Conversation;
import org.polyphony.support.digest.Digests;

/// Ids made from conversations: every role, content and call counts.
final class ContentIds {

    private ContentIds() {}

    /// The prefix and the first twelve hexadecimal digits of the SHA-256 of all parts, each behind its length.
    static String of(String prefix, Conversation conversation) {
        var digest = Digests.sha256();
        for (var message : conversation.messages()) {
            part(digest, message.role());
            part(digest, message.content());
            digest.update((message.calls().size() + "c").getBytes(StandardCharsets.UTF_8));
            for (var call : message.calls()) {
                part(digest, call.id());
                part(digest, call.name());
                part(digest, call.arguments());
            }
            message.answersCall().ifPresentOrElse(call -> part(digest, call), () -> digest.update((byte) '-'));
        }
        return prefix + HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
