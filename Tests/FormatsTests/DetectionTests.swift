import Formats
import Testing

@Suite struct DetectionTests {
    @Test(arguments: [
        ("", SecretFormat.dotenv), ("A=1\n", .dotenv), ("# c\n\nexport A=1\nB=2\n", .dotenv),
        ("A=\"aws secretsmanager create-secret\"", .dotenv), ("A={\"b\":1}", .dotenv),
        ("KEY=a: b", .dotenv), ("export A='1'\nexport B='2\n3'\n", .shell),
        ("#!/bin/sh\nA=1\n", .shell), ("declare -x A=\"1\"\n", .shell),
        ("export A=\"$HOME\"\n", .shell), (" \n{\"A\":\"1\"}", .json),
        ("{\"apiVersion\":\"v1\",\"kind\":\"Secret\"}", .kubernetes),
        ("{\"kind\":\"Secret\"}", .json), ("---\napiVersion: v1\nkind: Secret\n", .kubernetes),
        ("kind: \"Secret\"\n", .kubernetes), ("apiVersion: v1\nkind: List\nitems: []", .kubernetes),
        ("services:\n  a: {}\nsecrets:\n  b:\n    file: x\n", .compose),
        ("# x\nresource \"aws_secretsmanager_secret\" \"a\" {\n}\n", .terraform),
        ("import {\n  to = a.b\n}\n", .terraform), ("terraform {\n}\n", .terraform),
        ("#!/bin/bash\nset -e\naws secretsmanager create-secret --name a\n", .awsCLI),
        ("aws secretsmanager create-secret --name a --secret-string b\n", .awsCLI),
    ])
    func `A format is told by what a file begins with`(
        _ text: String,
        _ format: SecretFormat
    ) throws {
        #expect(try SecretFormat.of(Array(text.utf8)) == format)
    }

    @Test(arguments: ["kind: ConfigMap\napiVersion: v1\n", "a: b\n"])
    func `YAML without secrets is refused`(_ text: String) throws {
        let error = try #require(throws: FormatError.self) {
            try SecretFormat.of(Array(text.utf8))
        }
        #expect(
            error.description
                == "this YAML is neither a Secret of Kubernetes nor a Compose file with secrets"
        )
    }

    @Test(
        arguments: [
            (
                "A=ENC[AES256_GCM,data:xyz,iv:a=,tag:b=,type:str]\nsops_version=3.9.0\n", ".env",
                "SOPS has encrypted it: sops decrypt --input-type dotenv --output-type dotenv .env "
                    + "| pocketvault import -"
            ),
            (
                "a: ENC[AES256_GCM,data:xyz,iv:a=,tag:b=,type:str]\nsops:\n    version: 3.9.0\n",
                "my secrets.yaml",
                "SOPS has encrypted it: sops decrypt --input-type yaml --output-type yaml "
                    + "'my secrets.yaml' | pocketvault import -"
            ),
            (
                "{\"a\":\"ENC[AES256_GCM,data:xyz]\",\"sops\":{\"version\":\"3.9.0\"}}", nil,
                "SOPS has encrypted it: sops decrypt --input-type json --output-type json FILE "
                    + "| pocketvault import -"
            ),
            (
                "#/---[DOTENV_PUBLIC_KEY]---/\nDOTENV_PUBLIC_KEY_PRODUCTION=\"03f8b3\"\n"
                    + "A=\"encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3\"\n",
                ".env.production",
                "dotenvx has encrypted it: dotenvx decrypt -f .env.production --stdout "
                    + "| pocketvault import -"
            ),
        ] as [(String, String?, String)]
    )
    func `An encrypted file is refused with the command that decrypts it`(
        _ text: String,
        _ path: String?,
        _ message: String
    ) throws {
        let error = try #require(throws: FormatError.self) {
            try EncryptedFile.refuse(Array(text.utf8), path: path)
        }
        #expect(error.description == message)
    }

    @Test(arguments: [
        "A=encrypted:x\n", "DOTENV_PUBLIC_KEY=03f8b3\nA=plain\n", "A=1\nsops_version=3\n",
        "sops: x\n",
    ])
    func `What only looks a little like one is not`(_ text: String) throws {
        try EncryptedFile.refuse(Array(text.utf8), path: ".env")
    }
}
