import AWS
import Notation
import Testing

@testable import Storage

@Suite struct RotationTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private let full = RotationConfiguration(
        isEnabled: true,
        lambdaARN: "arn:aws:lambda:us-east-1:000000000000:function:f",
        external: ExternalSecretRotation(
            roleARN: "arn:aws:iam::000000000000:role/r",
            metadata: [.init(key: "ключ", value: "\"v\"\n"), .init(key: "a", value: "b")]
        ),
        rules: try? RotationRules(duration: "2h", scheduleExpression: "cron(0 16 1,15 * ? *)"),
        rulesSetAt: Timestamp(milliseconds: 1),
        lastRotatedAt: Timestamp(milliseconds: 2),
        valueChangedAt: Timestamp(milliseconds: 3),
        nextWindow: RotationWindow(
            opens: Timestamp(milliseconds: 4),
            closes: Timestamp(milliseconds: 5)
        )
    )

    private let rotation = Rotation(
        versionID: "11111111-1111-4111-8111-111111111111",
        token: "22222222-2222-4222-8222-222222222222",
        isTest: false,
        step: .setSecret,
        failures: 3,
        dueAt: .noon,
        finishedAt: [.createSecret: Timestamp(milliseconds: 6)]
    )

    @Test func `What was stored of a rotation is there after opening the vault again`() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotationConfiguration(full, of: secret)
            try vault.setRotation(rotation, of: secret)
        }
        vault.close()
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.secret(at: .named("driftsentry/local/database"))
            #expect(secret != nil)
            guard let secret else { return }
            #expect(try vault.rotationConfiguration(of: secret) == full)
            #expect(try vault.rotation(of: secret) == rotation)
        }
    }

    @Test func `A secret that was never rotated has nothing of it`() throws {
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            #expect(try vault.rotationConfiguration(of: secret) == nil)
            #expect(try vault.rotation(of: secret) == nil)
        }
    }

    @Test func `No rules and rules without a schedule are different`() throws {
        let empty = RotationConfiguration(rules: try RotationRules())
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotationConfiguration(RotationConfiguration(), of: secret)
            #expect(try vault.rotationConfiguration(of: secret) == RotationConfiguration())
            try vault.setRotationConfiguration(empty, of: secret)
            #expect(try vault.rotationConfiguration(of: secret) == empty)
        }
    }

    @Test func `A later state takes the place of the one before it`() throws {
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotation(rotation, of: secret)
            var later = rotation
            later.step = .finishSecret
            later.dueAt = nil
            try vault.setRotation(later, of: secret)
            #expect(try vault.rotation(of: secret) == later)
            try vault.setRotation(nil, of: secret)
            #expect(try vault.rotation(of: secret) == nil)
        }
    }

    @Test func `A deleted secret takes its rotation with it`() throws {
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotationConfiguration(full, of: secret)
            try vault.setRotation(rotation, of: secret)
            try vault.delete(secret)
            #expect(try vault.rotationConfiguration(of: secret) == nil)
            #expect(try vault.rotation(of: secret) == nil)
        }
    }

    @Test func `The next rotation is the one that is due first, of a window or of a step`() throws {
        try folder.open().change { vault throws(APIError) in
            #expect(try vault.nextRotation() == nil)
            let other = Scope(account: "111111111111", region: "eu-west-1")
            let late = try vault.insertSample(.sample("late"))
            let early = try vault.insertSample(.sample("early", scope: other))
            try vault.setRotationConfiguration(full, of: late)
            #expect(try vault.nextRotation()?.secret == late)
            #expect(try vault.nextRotation()?.time == Timestamp(milliseconds: 4))
            #expect(try vault.nextRotation()?.rotation == nil)
            var due = rotation
            due.dueAt = Timestamp(milliseconds: 3)
            try vault.setRotation(due, of: early)
            #expect(try vault.nextRotation()?.secret == early)
            #expect(try vault.nextRotation()?.rotation == due)
            due.dueAt = Timestamp(milliseconds: 5)
            try vault.setRotation(due, of: early)
            #expect(try vault.nextRotation()?.secret == late)
        }
    }

    @Test func `While a rotation goes on or waits, its secret's window brings no other`() throws {
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotationConfiguration(full, of: secret)
            try vault.setRotation(rotation, of: secret)
            #expect(try vault.nextRotation()?.time == .noon)
            var waiting = rotation
            waiting.dueAt = nil
            try vault.setRotation(waiting, of: secret)
            #expect(try vault.nextRotation() == nil)
        }
    }

    @Test func `A secret that is scheduled for deletion is not rotated`() throws {
        try folder.open().change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setRotationConfiguration(full, of: secret)
            try vault.update(
                Secret(
                    id: secret.id,
                    arn: secret.arn,
                    createdAt: secret.createdAt,
                    lastChangedAt: secret.createdAt,
                    deletedAt: secret.createdAt,
                    purgeAt: secret.createdAt
                )
            )
            #expect(try vault.nextRotation() == nil)
            try vault.setRotation(rotation, of: secret)
            #expect(try vault.nextRotation() == nil)
        }
    }

    @Test func `A version without a value is given one, sealed under the present key`() throws {
        try folder.open().change { vault throws(APIError) in
            var secret = try vault.insertSample()
            try vault.insertVersion("pending", of: secret, value: nil, at: .noon)
            #expect(try vault.open(.id("pending"), of: secret)?.value == nil)
            secret.kmsKeyID = "alias/k"
            let content = try VersionContent(
                .text("new"),
                ofVersion: "pending",
                of: secret,
                at: .noon,
                by: .service,
                in: vault
            )
            try vault.setContent(content, ofVersion: "pending", of: secret)
            let opened = try vault.open(.id("pending"), of: secret)
            #expect(opened?.value?.bytes == Array("new".utf8))
            #expect(opened?.version.keys == [VersionKey(kmsKeyID: "alias/k")])
        }
    }
}
