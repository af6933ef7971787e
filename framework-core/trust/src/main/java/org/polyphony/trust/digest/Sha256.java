package org.polyphony.trust.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/// SHA-256 of the JDK's own provider, fetched once: a provider that other code inserts later is never asked.
public final class Sha256 {

    private static final Provider SUN = Security.getProvider("SUN");

    private Sha256() {}

    /// The digest of all parts, one after the other: 32 bytes.
    public static byte[] of(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256", SUN);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256; use a complete one", e);
        }
    }
}
