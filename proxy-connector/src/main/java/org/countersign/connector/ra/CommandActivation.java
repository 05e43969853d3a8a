package org.countersign.connector.ra;

import java.nio.file.Path;
import java.util.Optional;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.Tls;
import org.countersign.model.port.Secret;

/**
 * Activates the endpoint behind {@link org.countersign.model.port.CommandDesk} and carries the settings of the
 * listeners. A bean, because the container sets its properties by name.
 */
public final class CommandActivation extends Activation {
    private String bindAddress = "127.0.0.1";
    private Integer postgresPort = 15432;
    private String journalDirectory = "";
    private Boolean requireTls = false;
    private String tlsKeystore = "";
    private String tlsKeystorePassword = "";
    private Integer maxConnections = 1000;

    /** @throws IllegalArgumentException when a setting is out of its range */
    ListenerSettings settings() {
        Optional<Tls.Keystore> keystore = tlsKeystore.isBlank()
                ? Optional.empty()
                : Optional.of(new Tls.Keystore(Path.of(tlsKeystore), new Secret(tlsKeystorePassword)));
        return new ListenerSettings(
                bindAddress, postgresPort, requireTls, keystore, ConnectionLimits.standard(maxConnections));
    }

    /** @throws IllegalArgumentException when none is set */
    Path journal() {
        if (journalDirectory.isBlank()) {
            throw new IllegalArgumentException("journalDirectory is not set");
        }
        return Path.of(journalDirectory);
    }

    public String getBindAddress() {
        return bindAddress;
    }

    public void setBindAddress(String bindAddress) {
        this.bindAddress = bindAddress;
    }

    public Integer getPostgresPort() {
        return postgresPort;
    }

    public void setPostgresPort(Integer postgresPort) {
        this.postgresPort = postgresPort;
    }

    public String getJournalDirectory() {
        return journalDirectory;
    }

    public void setJournalDirectory(String journalDirectory) {
        this.journalDirectory = journalDirectory;
    }

    public Boolean getRequireTls() {
        return requireTls;
    }

    public void setRequireTls(Boolean requireTls) {
        this.requireTls = requireTls;
    }

    public String getTlsKeystore() {
        return tlsKeystore;
    }

    public void setTlsKeystore(String tlsKeystore) {
        this.tlsKeystore = tlsKeystore;
    }

    public String getTlsKeystorePassword() {
        return tlsKeystorePassword;
    }

    public void setTlsKeystorePassword(String tlsKeystorePassword) {
        this.tlsKeystorePassword = tlsKeystorePassword;
    }

    public Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }
}
