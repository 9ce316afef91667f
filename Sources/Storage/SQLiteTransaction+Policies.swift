internal import AWS

extension SQLiteTransaction {
    func resourcePolicy(_ name: String, of secret: Secret) throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(.policy)
            try row.bind(1, secret.id)
            try row.bind(2, name)
            return try row.step() ? row.text(0) : nil
        }
    }

    func resourcePolicyNames(of secret: Secret) throws(APIError) -> [String] {
        try translatingErrors {
            let rows = try statement(.policyNames)
            try rows.bind(1, secret.id)
            var names: [String] = []
            while try rows.step() { names.append(rows.text(0)) }
            return names
        }
    }

    func resourcePolicyTexts(of secret: Secret) throws(APIError) -> [PolicyText] {
        if let texts = cache?.resourcePolicies(ofSecret: secret.id) { return texts }
        var texts: [PolicyText] = []
        for name in try resourcePolicyNames(of: secret) {
            guard let document = try resourcePolicy(name, of: secret) else { continue }
            texts.append(PolicyText.resource(name, document))
        }
        cache?.insert(texts, ofSecret: secret.id)
        return texts
    }

    func setResourcePolicy(
        _ document: String?,
        named name: String,
        of secret: Secret
    ) throws(APIError) {
        try translatingErrors {
            let change = try statement(document == nil ? .deletePolicy : .putPolicy)
            try change.bind(1, secret.id)
            try change.bind(2, name)
            try change.bind(3, document)
            try change.run()
        }
    }
}
