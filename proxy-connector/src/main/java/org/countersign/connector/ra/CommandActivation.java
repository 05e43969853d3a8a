package org.countersign.connector.ra;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.countersign.connector.net.ConnectionLimits;
import org.countersign.connector.net.ListenerSettings;
import org.countersign.connector.net.SessionLimits;
import org.countersign.connector.net.SessionTimes;
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
    private Integer maxConnectionsPerPrincipal = 100;
    private String loginTimeout = "PT10S";
    private String connectTimeout = "PT10S";
    private Integer maxStartupBytes = 10000;
    private Integer maxMessageBytes = 67108864;
    private Integer maxStatementBytes = 1048576;
    private Integer maxTreeBytes = 33554432;
    private Integer maxBatchMessages = 10000;
    private Integer maxPreparedStatements = 10000;
    private Integer maxCopySpoolBytes = 16777216;
    private String idleTimeout = "PT8H";
    private String idleInTransactionTimeout = "PT1H";
    private String heldTimeout = "PT24H";

    /** @throws IllegalArgumentException when a setting is out of its range */
    ListenerSettings settings() {
        Optional<Tls.Keystore> keystore = tlsKeystore.isBlank()
                ? Optional.empty()
                : Optional.of(new Tls.Keystore(Path.of(tlsKeystore), new Secret(tlsKeystorePassword)));
        return new ListenerSettings(bindAddress, postgresPort, requireTls, keystore, connections(), sessions());
    }

    private ConnectionLimits connections() {
        return new ConnectionLimits(
                maxConnections,
                maxConnectionsPerPrincipal,
                duration("loginTimeout", loginTimeout),
                duration("connectTimeout", connectTimeout),
                maxStartupBytes);
    }

    private SessionLimits sessions() {
        var times = new SessionTimes(
                duration("idleTimeout", idleTimeout),
                duration("idleInTransactionTimeout", idleInTransactionTimeout),
                duration("heldTimeout", heldTimeout));
        return SessionLimits.of(
                maxMessageBytes,
                maxStatementBytes,
                maxTreeBytes,
                maxBatchMessages,
                maxPreparedStatements,
                maxCopySpoolBytes,
                times);
    }

    private static Duration duration(String name, String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is " + value + ", not a duration such as PT10S", e);
        }
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

    public Integer getMaxConnectionsPerPrincipal() {
        return maxConnectionsPerPrincipal;
    }

    public void setMaxConnectionsPerPrincipal(Integer maxConnectionsPerPrincipal) {
        this.maxConnectionsPerPrincipal = maxConnectionsPerPrincipal;
    }

    public String getLoginTimeout() {
        return loginTimeout;
    }

    public void setLoginTimeout(String loginTimeout) {
        this.loginTimeout = loginTimeout;
    }

    public String getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public Integer getMaxStartupBytes() {
        return maxStartupBytes;
    }

    public void setMaxStartupBytes(Integer maxStartupBytes) {
        this.maxStartupBytes = maxStartupBytes;
    }

    public Integer getMaxMessageBytes() {
        return maxMessageBytes;
    }

    public void setMaxMessageBytes(Integer maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    public Integer getMaxStatementBytes() {
        return maxStatementBytes;
    }

    public void setMaxStatementBytes(Integer maxStatementBytes) {
        this.maxStatementBytes = maxStatementBytes;
    }

    public Integer getMaxTreeBytes() {
        return maxTreeBytes;
    }

    public void setMaxTreeBytes(Integer maxTreeBytes) {
        this.maxTreeBytes = maxTreeBytes;
    }

    public Integer getMaxBatchMessages() {
        return maxBatchMessages;
    }

    public void setMaxBatchMessages(Integer maxBatchMessages) {
        this.maxBatchMessages = maxBatchMessages;
    }

    public Integer getMaxPreparedStatements() {
        return maxPreparedStatements;
    }

    public void setMaxPreparedStatements(Integer maxPreparedStatements) {
        this.maxPreparedStatements = maxPreparedStatements;
    }

    public Integer getMaxCopySpoolBytes() {
        return maxCopySpoolBytes;
    }

    public void setMaxCopySpoolBytes(Integer maxCopySpoolBytes) {
        this.maxCopySpoolBytes = maxCopySpoolBytes;
    }

    public String getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(String idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public String getIdleInTransactionTimeout() {
        return idleInTransactionTimeout;
    }

    public void setIdleInTransactionTimeout(String idleInTransactionTimeout) {
        this.idleInTransactionTimeout = idleInTransactionTimeout;
    }

    public String getHeldTimeout() {
        return heldTimeout;
    }

    public void setHeldTimeout(String heldTimeout) {
        this.heldTimeout = heldTimeout;
    }
}
