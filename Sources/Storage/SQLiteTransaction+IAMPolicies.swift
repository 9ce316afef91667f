internal import AWS

/// The policies of users and roles.
extension SQLiteTransaction {
    // MARK: Inside or attached

    func inlinePolicies(of principal: IAMPrincipal) throws(APIError) -> [InlinePolicy] {
        try translatingErrors { try selectInlinePolicies(principal.id) }
    }

    private func selectInlinePolicies(_ principal: Int64) throws -> [InlinePolicy] {
        let rows = try statement(.inlinePolicies)
        try rows.bind(1, principal)
        var policies: [InlinePolicy] = []
        while try rows.step() {
            policies.append(InlinePolicy(name: rows.text(0), document: rows.text(1)))
        }
        return policies
    }

    func attachedPolicyARNs(of principal: IAMPrincipal) throws(APIError) -> [String] {
        try translatingErrors { try selectAttachments(principal.id) }
    }

    private func selectAttachments(_ principal: Int64) throws -> [String] {
        let rows = try statement(.attachments)
        try rows.bind(1, principal)
        var arns: [String] = []
        while try rows.step() { arns.append(rows.text(0)) }
        return arns
    }

    func policyTexts(ofPrincipal id: Int64) throws(APIError) -> [PolicyText] {
        if let texts = cache?.policyTexts(ofPrincipal: id) { return texts }
        guard let principal = try principal(id: id) else { return [] }
        let texts = try translatingErrors {
            var texts = try selectInlinePolicies(id).map {
                PolicyText.identity($0.name, $0.document)
            }
            for arn in try selectAttachments(id) {
                texts.append(PolicyText.identity(arn, try policyDocument(arn: arn) ?? ""))
            }
            // One that is not there says nothing, and so allows nothing.
            if let arn = principal.boundaryARN {
                texts.append(PolicyText.boundary(arn, try policyDocument(arn: arn) ?? ""))
            }
            return texts
        }
        cache?.insert(texts, ofPrincipal: id)
        return texts
    }

    func policyDocument(arn: String) throws(APIError) -> String? {
        if let policy = AWSManagedPolicy(arn: arn) { return policy.document }
        return try translatingErrors {
            let row = try statement(.defaultPolicyVersion)
            try row.bind(1, arn)
            return try row.step() ? row.text(0) : nil
        }
    }

    func setInlinePolicy(
        _ document: String?,
        named name: String,
        of principal: IAMPrincipal
    ) throws(APIError) {
        try translatingErrors {
            let change = try statement(document == nil ? .deleteInlinePolicy : .setInlinePolicy)
            try change.bind(1, principal.id)
            try change.bind(2, name)
            if let document { try change.bind(3, document) }
            try change.run()
        }
    }

    func attachPolicy(arn: String, to principal: IAMPrincipal) throws(APIError) {
        try change(.attach, arn, principal)
    }

    func detachPolicy(arn: String, from principal: IAMPrincipal) throws(APIError) {
        try change(.detach, arn, principal)
    }

    private func change(
        _ query: Query,
        _ arn: String,
        _ principal: IAMPrincipal
    ) throws(APIError) {
        try translatingErrors {
            let change = try statement(query)
            try change.bind(1, principal.id)
            try change.bind(2, arn)
            try change.run()
        }
    }

    // MARK: Standing by themselves

    func managedPolicy(arn: String) throws(APIError) -> ManagedPolicy? {
        try translatingErrors {
            let row = try statement(.managedPolicyByARN)
            try row.bind(1, arn)
            return try row.step() ? managedPolicy(in: row) : nil
        }
    }

    func managedPolicy(
        named name: String,
        in account: String
    ) throws(APIError) -> ManagedPolicy? {
        try translatingErrors {
            let row = try statement(.managedPolicyByName)
            try row.bind(1, account)
            try row.bind(2, name.lowercased())
            return try row.step() ? managedPolicy(in: row) : nil
        }
    }

    func managedPolicies(
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [ManagedPolicy] {
        try translatingErrors {
            let rows = try statement(.managedPolicies)
            try rows.bind(1, account)
            try rows.bind(2, name.lowercased())
            try rows.bind(3, Int64(limit))
            var policies: [ManagedPolicy] = []
            while try rows.step() { policies.append(managedPolicy(in: rows)) }
            return policies
        }
    }

    private func managedPolicy(in row: borrowing Statement) -> ManagedPolicy {
        ManagedPolicy(
            id: row.integer(0),
            account: row.text(1),
            name: row.text(2),
            path: row.text(3),
            uniqueID: row.text(4),
            description: row.optionalText(5),
            createdAt: Timestamp(milliseconds: row.integer(6)),
            updatedAt: Timestamp(milliseconds: row.integer(7)),
            defaultVersion: row.integer(8),
            lastVersion: row.integer(9)
        )
    }

    func versions(of policy: ManagedPolicy) throws(APIError) -> [ManagedPolicyVersion] {
        try translatingErrors {
            let rows = try statement(.policyVersions)
            try rows.bind(1, policy.id)
            var versions: [ManagedPolicyVersion] = []
            while try rows.step() {
                versions.append(
                    ManagedPolicyVersion(
                        number: rows.integer(0),
                        document: rows.text(1),
                        createdAt: Timestamp(milliseconds: rows.integer(2))
                    )
                )
            }
            return versions
        }
    }

    func tags(of policy: ManagedPolicy) throws(APIError) -> [Tag] {
        try translatingErrors {
            let rows = try statement(.policyTags)
            try rows.bind(1, policy.id)
            var tags: [Tag] = []
            while try rows.step() { tags.append(Tag(key: rows.text(0), value: rows.text(1))) }
            return tags
        }
    }

    func insert(_ policy: ManagedPolicy, document: String) throws(APIError) -> ManagedPolicy {
        let id = try translatingErrors {
            let insertion = try statement(.insertManagedPolicy)
            try insertion.bind(1, policy.account)
            try insertion.bind(2, policy.name.lowercased())
            try insertion.bind(3, policy.name)
            try insertion.bind(4, policy.path)
            try insertion.bind(5, policy.arn)
            try insertion.bind(6, policy.uniqueID)
            try insertion.bind(7, policy.description)
            try insertion.bind(8, policy.createdAt.milliseconds)
            try insertion.bind(9, policy.updatedAt.milliseconds)
            try insertion.bind(10, policy.defaultVersion)
            try insertion.bind(11, policy.lastVersion)
            try insertion.run()
            return connection.insertedRowID
        }
        let inserted = ManagedPolicy(
            id: id,
            account: policy.account,
            name: policy.name,
            path: policy.path,
            uniqueID: policy.uniqueID,
            description: policy.description,
            createdAt: policy.createdAt,
            updatedAt: policy.updatedAt,
            defaultVersion: policy.defaultVersion,
            lastVersion: policy.lastVersion
        )
        let first = ManagedPolicyVersion(
            number: policy.defaultVersion,
            document: document,
            createdAt: policy.createdAt
        )
        try insertVersion(first, of: inserted)
        return inserted
    }

    func update(_ policy: ManagedPolicy) throws(APIError) {
        try translatingErrors {
            let update = try statement(.updateManagedPolicy)
            try update.bind(1, policy.id)
            try update.bind(2, policy.updatedAt.milliseconds)
            try update.bind(3, policy.defaultVersion)
            try update.bind(4, policy.lastVersion)
            try update.run()
        }
    }

    func delete(_ policy: ManagedPolicy) throws(APIError) {
        try translatingErrors { try run(.deleteManagedPolicy, policy.id) }
    }

    func setTags(_ tags: [Tag], of policy: ManagedPolicy) throws(APIError) {
        try translatingErrors {
            try run(.deletePolicyTags, policy.id)
            try insert(tags, .insertPolicyTag, policy.id)
        }
    }

    func insertVersion(
        _ version: ManagedPolicyVersion,
        of policy: ManagedPolicy
    ) throws(APIError) {
        try translatingErrors {
            let insertion = try statement(.insertPolicyVersion)
            try insertion.bind(1, policy.id)
            try insertion.bind(2, version.number)
            try insertion.bind(3, version.document)
            try insertion.bind(4, version.createdAt.milliseconds)
            try insertion.run()
        }
    }

    func deleteVersion(_ number: Int64, of policy: ManagedPolicy) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(.deletePolicyVersion)
            try deletion.bind(1, policy.id)
            try deletion.bind(2, number)
            try deletion.run()
        }
    }
}
