package import Notation

/// Holds the secrets of one account against the practices of their kind.
///
/// It opens the current values and gives none away: of two values it tells whether they are equal.
/// It leaves no record of a read and no LastAccessedDate, which calls of the API do.
package struct PracticeCheck: Sendable {
    package let account: String
    /// What the names of the secrets begin with that are told of.
    package let prefix: String
    /// After how many days a value is old, and a secret that nobody reads is forgotten.
    package let days: Int64
    package let now: Timestamp

    package init(account: String, prefix: String, days: Int64, now: Timestamp) {
        self.account = account
        self.prefix = prefix
        self.days = days
        self.now = now
    }

    /// What was found.
    package struct Report: Sendable {
        /// By the names of the secrets.
        package var findings: [PracticeFinding] = []
        /// When the current value of each secret was made, of deleted ones and replicas too.
        package var values: [CurrentValue] = []
        /// How many secrets were looked at.
        package var secrets = 0
        /// The names of those whose value could not be opened.
        package var unopened: [String] = []
    }

    /// How old a value is, and nothing of the value.
    package struct CurrentValue: Sendable, Equatable {
        package let secretARN: String
        package let madeAt: Timestamp
    }

    /// Looks at the whole account, for the others are what a secret is compared with, and tells what
    /// is wrong with those of the prefix.
    package func report(_ vault: any VaultReading) throws(APIError) -> Report {
        var report = Report()
        var examined: [ExaminedSecret] = []
        try vault.forEachSecret(ofAccount: account) { secret throws(APIError) in
            let current = try vault.version(.stagingLabel(StagingLabels.current), of: secret)
            if let current, hasPrefix(secret.name) {
                report.values.append(
                    CurrentValue(secretARN: secret.arn.text, madeAt: current.createdAt)
                )
            }
            // One that is on its way out keeps no practice, and a replica is as its primary is.
            guard secret.deletedAt == nil else { return }
            if hasPrefix(secret.name) { report.secrets += 1 }
            let tags = try vault.tags(of: secret)
            var found = ExaminedSecret(
                secret: secret,
                environment: SecretEnvironment(ofSecretNamed: secret.name, tags: tags),
                isTagged: SecretEnvironment.tag(among: tags) != nil
            )
            report.findings += try policyFindings(secret, vault)
            guard !secret.isReplica else { return }
            report.findings += ageFindings(secret, current)
            guard let value = try ExaminedSecret.value(of: secret, vault) else {
                report.unopened.append(secret.name)
                examined.append(found)
                return
            }
            let parts = ValueParts(value)
            found.content = ExaminedSecret.Content(
                memberNames: parts.memberNames,
                digests: ExaminedSecret.comparables(value, parts).map(\.hashValue)
            )
            if PlaceholderText.isFound(in: parts) {
                report.findings.append(
                    PracticeFinding(.placeholder, secret, "holds a placeholder instead of a value")
                )
            }
            examined.append(found)
        }
        report.findings += environmentFindings(examined)
        report.findings += try EqualValues(examined).findings(vault)
        report.findings += MissingKeys(examined).findings
        report.findings = report.findings.filter { finding in
            hasPrefix(finding.name) || finding.others.contains(where: hasPrefix)
        }
        report.findings.sort { ($0.name, $0.rule.rawValue) < ($1.name, $1.rule.rawValue) }
        report.unopened = report.unopened.filter(hasPrefix)
        return report
    }

    private func hasPrefix(_ name: String) -> Bool { name.utf8.starts(with: prefix.utf8) }

    private func policyFindings(
        _ secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> [PracticeFinding] {
        var findings: [PracticeFinding] = []
        for name in try vault.resourcePolicyNames(of: secret) {
            guard let text = try vault.resourcePolicy(name, of: secret),
                ResourcePolicy.isPublic(text)
            else { continue }
            let which = name == ResourcePolicy.defaultName ? "its policy" : "its policy \(name)"
            findings.append(
                PracticeFinding(.publicPolicy, secret, "\(which) gives everybody access")
            )
        }
        return findings
    }

    private func ageFindings(
        _ secret: Secret,
        _ current: SecretVersion?
    ) -> [PracticeFinding] {
        var findings: [PracticeFinding] = []
        if let current, age(of: current.createdAt) >= days {
            let age = age(of: current.createdAt)
            findings.append(
                PracticeFinding(.notRotated, secret, "its value is \(age) days old")
            )
        }
        if secret.lastAccessedAt == nil, age(of: secret.createdAt) >= days {
            let age = age(of: secret.createdAt)
            findings.append(
                PracticeFinding(
                    .neverRead,
                    secret,
                    "nobody has read it since it was made \(age) days ago"
                )
            )
        }
        return findings
    }

    private func age(of time: Timestamp) -> Int64 {
        (now.milliseconds - time.milliseconds) / Timestamp.millisecondsPerDay
    }

    /// Secrets without the tag that the others of their application have: whoever ends an
    /// environment goes by it, and leaves these behind.
    private func environmentFindings(_ examined: [ExaminedSecret]) -> [PracticeFinding] {
        let tagged = Set(examined.filter(\.isTagged).map(\.application))
        return examined.filter { !$0.isTagged && tagged.contains($0.application) }.map { found in
            PracticeFinding(
                .environmentGone,
                found.secret,
                "has no tag Environment, as other secrets of \(found.application) have"
            )
        }
    }
}
