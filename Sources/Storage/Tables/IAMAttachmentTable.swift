internal import AWS

/// Which managed policies are attached to users and roles.
enum IAMAttachmentTable: Int, StatementList {
    case ofPrincipal, attach, detach

    enum Columns: Int, RowColumns {
        case policyARN, principal
    }

    static let table = Table.iamAttachment

    var sql: String {
        switch self {
        case .ofPrincipal:
            """
            SELECT \(Columns.list) FROM iam_attachment WHERE principal = ?1 ORDER BY id
            """
        case .attach: "INSERT OR IGNORE INTO iam_attachment \(Columns.values())"
        case .detach: "DELETE FROM iam_attachment WHERE principal = ?1 AND policy_arn = ?2"
        }
    }
}

extension SQLiteTransaction {
    func attachedPolicyARNs(of principal: IAMPrincipal) throws(APIError) -> [String] {
        try translatingErrors { try attachedPolicyARNs(ofPrincipal: principal.id) }
    }

    private func attachedPolicyARNs(ofPrincipal id: Int64) throws(SQLiteError) -> [String] {
        let rows = try statement(IAMAttachmentTable.ofPrincipal)
        try rows.bind(1, id)
        var arns: [String] = []
        while try rows.step() { arns.append(rows.text(.policyARN)) }
        return arns
    }

    func policyTexts(ofPrincipal id: Int64) throws(APIError) -> [PolicyText] {
        if let texts = cache?.policyTexts(ofPrincipal: id) { return texts }
        guard let principal = try principal(id: id) else { return [] }
        let texts = try translatingErrors {
            var texts = try inlinePolicies(ofPrincipal: id).map {
                PolicyText.identity($0.name, $0.document)
            }
            for arn in try attachedPolicyARNs(ofPrincipal: id) {
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

    func attachPolicy(arn: String, to principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            let change = try statement(IAMAttachmentTable.attach)
            try change.bind(.principal, principal.id)
            try change.bind(.policyARN, arn)
            try change.run()
        }
    }

    func detachPolicy(arn: String, from principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            let change = try statement(IAMAttachmentTable.detach)
            try change.bind(1, principal.id)
            try change.bind(2, arn)
            try change.run()
        }
    }
}
