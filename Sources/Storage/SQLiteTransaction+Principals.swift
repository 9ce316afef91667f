internal import AWS

/// Users and roles.
extension SQLiteTransaction {
    // MARK: Reading

    func principal(
        _ kind: IAMPrincipal.Kind,
        named name: String,
        in account: String
    ) throws(APIError) -> IAMPrincipal? {
        try translatingErrors {
            let row = try statement(.principalByName)
            try row.bind(1, account)
            try row.bind(2, kind.rawValue)
            try row.bind(3, name.lowercased())
            return try row.step() ? try principal(in: row) : nil
        }
    }

    func principal(id: Int64) throws(APIError) -> IAMPrincipal? {
        try translatingErrors {
            let row = try statement(.principalByID)
            try row.bind(1, id)
            return try row.step() ? try principal(in: row) : nil
        }
    }

    func taggedPrincipal(id: Int64) throws(APIError) -> TaggedPrincipal? {
        if let known = cache?.principal(id) { return known }
        guard let principal = try principal(id: id) else { return nil }
        let tagged = TaggedPrincipal(principal: principal, tags: try tags(of: principal))
        cache?.insert(tagged)
        return tagged
    }

    func principals(
        _ kind: IAMPrincipal.Kind,
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors {
            let rows = try statement(.principals)
            try rows.bind(1, account)
            try rows.bind(2, kind.rawValue)
            try rows.bind(3, name.lowercased())
            try rows.bind(4, Int64(limit))
            return try principals(in: rows)
        }
    }

    func principals(
        withPolicy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors { try principals(.principalsByPolicy, arn, account) }
            .sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
    }

    func principals(
        boundedBy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors { try principals(.principalsByBoundary, arn, account) }
    }

    private func principals(
        _ query: Query,
        _ arn: String,
        _ account: String
    ) throws -> [IAMPrincipal] {
        let rows = try statement(query)
        try rows.bind(1, arn)
        try rows.bind(2, account)
        return try principals(in: rows)
    }

    private func principals(in rows: borrowing Statement) throws -> [IAMPrincipal] {
        var principals: [IAMPrincipal] = []
        while try rows.step() { principals.append(try principal(in: rows)) }
        return principals
    }

    private func principal(in row: borrowing Statement) throws -> IAMPrincipal {
        guard let kind = IAMPrincipal.Kind(rawValue: row.text(2)) else {
            throw APIError.internalServiceError(cause: "no kind of a principal")
        }
        return IAMPrincipal(
            id: row.integer(0),
            account: row.text(1),
            kind: kind,
            name: row.text(3),
            path: row.text(4),
            uniqueID: row.text(5),
            createdAt: Timestamp(milliseconds: row.integer(6)),
            description: row.optionalText(7),
            trustPolicy: row.optionalText(8),
            maxSessionSeconds: row.integer(9),
            boundaryARN: row.optionalText(10)
        )
    }

    func tags(of principal: IAMPrincipal) throws(APIError) -> [Tag] {
        try translatingErrors {
            let rows = try statement(.principalTags)
            try rows.bind(1, principal.id)
            var tags: [Tag] = []
            while try rows.step() { tags.append(Tag(key: rows.text(0), value: rows.text(1))) }
            return tags
        }
    }

    // MARK: Writing

    func insert(_ principal: IAMPrincipal) throws(APIError) -> IAMPrincipal {
        try translatingErrors {
            let insertion = try statement(.insertPrincipal)
            try insertion.bind(1, principal.account)
            try insertion.bind(2, principal.kind.rawValue)
            try insertion.bind(3, principal.name.lowercased())
            try insertion.bind(4, principal.name)
            try insertion.bind(5, principal.path)
            try insertion.bind(6, principal.uniqueID)
            try insertion.bind(7, principal.createdAt.milliseconds)
            try insertion.bind(8, principal.description)
            try insertion.bind(9, principal.trustPolicy)
            try insertion.bind(10, principal.maxSessionSeconds)
            try insertion.bind(11, principal.boundaryARN)
            try insertion.run()
            return IAMPrincipal(
                id: connection.insertedRowID,
                account: principal.account,
                kind: principal.kind,
                name: principal.name,
                path: principal.path,
                uniqueID: principal.uniqueID,
                createdAt: principal.createdAt,
                description: principal.description,
                trustPolicy: principal.trustPolicy,
                maxSessionSeconds: principal.maxSessionSeconds,
                boundaryARN: principal.boundaryARN
            )
        }
    }

    func update(_ principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            let update = try statement(.updatePrincipal)
            try update.bind(1, principal.id)
            try update.bind(2, principal.name.lowercased())
            try update.bind(3, principal.name)
            try update.bind(4, principal.path)
            try update.bind(5, principal.description)
            try update.bind(6, principal.trustPolicy)
            try update.bind(7, principal.maxSessionSeconds)
            try update.bind(8, principal.boundaryARN)
            try update.run()
        }
    }

    func delete(_ principal: IAMPrincipal) throws(APIError) {
        try translatingErrors { try run(.deletePrincipal, principal.id) }
    }

    func setTags(_ tags: [Tag], of principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            try run(.deletePrincipalTags, principal.id)
            try insert(tags, .insertPrincipalTag, principal.id)
        }
    }

    func deleteAllPrincipals(ofAccount account: String?) throws(APIError) {
        try translatingErrors {
            let deletions: [Query] =
                account == nil
                ? [.deleteEveryAccessKey, .deleteEveryPrincipal, .deleteEveryManagedPolicy]
                : [
                    .deleteAccessKeysOfAccount, .deletePrincipalsOfAccount,
                    .deleteManagedPoliciesOfAccount,
                ]
            for query in deletions {
                let deletion = try statement(query)
                if let account { try deletion.bind(1, account) }
                try deletion.run()
            }
        }
    }

    /// Tags of whatever `query` is for, at their places.
    func insert(_ tags: [Tag], _ query: Query, _ owner: Int64) throws {
        for (position, tag) in tags.enumerated() {
            let insertion = try statement(query)
            try insertion.bind(1, owner)
            try insertion.bind(2, Int64(position))
            try insertion.bind(3, tag.key)
            try insertion.bind(4, tag.value)
            try insertion.run()
        }
    }
}
