// What a program that uses the AWS SDK for Go v1 sees of Pocketvault.
package secrets

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/secretsmanager"
	"github.com/aws/aws-sdk-go/service/sts"
)

func settings(endpoint, account string) *session.Session {
	return session.Must(session.NewSession(&aws.Config{
		Region:      aws.String("us-east-1"),
		Endpoint:    aws.String(endpoint),
		Credentials: credentials.NewStaticCredentials(account, "secret", ""),
	}))
}

// Each test has an account of its own.
func client(account string) *secretsmanager.SecretsManager {
	return secretsmanager.New(settings(os.Getenv("ENDPOINT"), account))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, vault *secretsmanager.SecretsManager, name, value string) *secretsmanager.CreateSecretOutput {
	t.Helper()
	made, err := vault.CreateSecret(&secretsmanager.CreateSecretInput{Name: &name, SecretString: &value})
	must(t, err)
	return made
}

func TestAStringIsReadByNameARNAndPartialARN(t *testing.T) {
	vault := client("720000000001")
	made := create(t, vault, "go/string", "first")
	for _, id := range []string{"go/string", *made.ARN, (*made.ARN)[:len(*made.ARN)-7]} {
		got, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String(id)})
		must(t, err)
		if *got.SecretString != "first" || *got.VersionId != *made.VersionId || got.CreatedDate.IsZero() {
			t.Errorf("%+v", got)
		}
	}
}

func TestABinaryComesBackByteForByte(t *testing.T) {
	vault := client("720000000002")
	data := make([]byte, 256)
	for index := range data {
		data[index] = byte(index)
	}
	_, err := vault.CreateSecret(&secretsmanager.CreateSecretInput{Name: aws.String("go/binary"), SecretBinary: data})
	must(t, err)
	got, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String("go/binary")})
	must(t, err)
	if !bytes.Equal(got.SecretBinary, data) || got.SecretString != nil {
		t.Errorf("%+v", got)
	}
}

func TestListsArePaged(t *testing.T) {
	vault := client("720000000003")
	for number := 0; number < 25; number++ {
		create(t, vault, fmt.Sprintf("go/page/%02d", number), "v")
	}
	var sizes []int
	err := vault.ListSecretsPages(
		&secretsmanager.ListSecretsInput{MaxResults: aws.Int64(10)},
		func(page *secretsmanager.ListSecretsOutput, _ bool) bool {
			sizes = append(sizes, len(page.SecretList))
			return true
		},
	)
	must(t, err)
	if fmt.Sprint(sizes) != "[10 10 5]" {
		t.Error(sizes)
	}
}

// Every error is one of the SDK's own types, with a message and the id of its request.
func TestErrorsAreTyped(t *testing.T) {
	vault := client("720000000004")
	create(t, vault, "go/errors", "v")
	create(t, vault, "go/scheduled", "v")
	_, err := vault.DeleteSecret(&secretsmanager.DeleteSecretInput{SecretId: aws.String("go/scheduled")})
	must(t, err)

	get := func(id string) error {
		_, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: &id})
		return err
	}
	create := func(name string) error {
		_, err := vault.CreateSecret(&secretsmanager.CreateSecretInput{Name: &name, SecretString: aws.String("w")})
		return err
	}
	remove := func(days int64) error {
		_, err := vault.DeleteSecret(&secretsmanager.DeleteSecretInput{
			SecretId: aws.String("go/errors"), RecoveryWindowInDays: &days,
		})
		return err
	}
	list := func(token string) error {
		_, err := vault.ListSecrets(&secretsmanager.ListSecretsInput{NextToken: &token})
		return err
	}
	var (
		notFound         *secretsmanager.ResourceNotFoundException
		exists           *secretsmanager.ResourceExistsException
		invalidRequest   *secretsmanager.InvalidRequestException
		invalidParameter *secretsmanager.InvalidParameterException
		invalidToken     *secretsmanager.InvalidNextTokenException
	)
	for _, row := range []struct {
		rule   string
		err    error
		target interface{}
	}{
		{"a missing secret", get("go/missing"), &notFound},
		{"a name that is taken", create("go/errors"), &exists},
		{"a scheduled secret", get("go/scheduled"), &invalidRequest},
		{"a recovery window of 3 days", remove(3), &invalidParameter},
		{"a made-up token", list("made-up"), &invalidToken},
	} {
		var failure awserr.RequestFailure
		switch {
		case !errors.As(row.err, row.target):
			t.Errorf("%s: %T %v", row.rule, row.err, row.err)
		case !errors.As(row.err, &failure) || failure.Message() == "" || failure.RequestID() == "" || failure.StatusCode() != 400:
			t.Errorf("%s has no message, no request id or another status than 400: %v", row.rule, row.err)
		}
	}

	// The framework's own error is in no model: a plain one with its code.
	var failure awserr.RequestFailure
	if err := create("bad name"); !errors.As(err, &failure) || failure.Code() != "ValidationException" ||
		!strings.HasPrefix(failure.Message(), "Invalid name.") {
		t.Error(err)
	}
}

// DAMAGED is a vault in which somebody has changed the bytes of the secret "damaged".
func TestAValueThatCannotBeOpenedIsADecryptionFailure(t *testing.T) {
	endpoint := os.Getenv("DAMAGED")
	if endpoint == "" {
		t.Skip("DAMAGED names no vault")
	}
	vault := secretsmanager.New(settings(endpoint, "test"))
	_, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String("damaged")})
	var failure *secretsmanager.DecryptionFailure
	if !errors.As(err, &failure) {
		t.Errorf("%v", err)
	}
}

// FLAKY carries out each call but answers 503 at first: the SDK calls again, with the same token.
func TestACallWhoseAnswerWasLostIsRepeatedAndMakesOneVersion(t *testing.T) {
	endpoint := os.Getenv("FLAKY")
	if endpoint == "" {
		t.Skip("FLAKY names no endpoint")
	}
	vault := secretsmanager.New(settings(endpoint, "720000000005"))
	made := create(t, vault, "go/retried", "first")
	put, err := vault.PutSecretValue(&secretsmanager.PutSecretValueInput{
		SecretId: made.ARN, SecretString: aws.String("second"),
	})
	must(t, err)
	listed, err := client("720000000005").ListSecretVersionIds(&secretsmanager.ListSecretVersionIdsInput{
		SecretId: made.ARN, IncludeDeprecated: aws.Bool(true),
	})
	must(t, err)
	if len(listed.Versions) != 2 || *put.VersionId == *made.VersionId {
		t.Errorf("%+v", listed)
	}
}

func TestTheCallerIsTheRootOfTheAccount(t *testing.T) {
	got, err := sts.New(settings(os.Getenv("ENDPOINT"), "720000000006")).GetCallerIdentity(&sts.GetCallerIdentityInput{})
	must(t, err)
	if *got.Account != "720000000006" || *got.Arn != "arn:aws:iam::720000000006:root" {
		t.Errorf("%+v", got)
	}
}

func TestAThrottledCallIsTriedAgain(t *testing.T) {
	vault := client("720000000021")
	create(t, vault, "go/throttled", "v")
	fault(t, "720000000021", `"operation":"GetSecretValue","error":"ThrottlingException","count":2`)
	got, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String("go/throttled")})
	must(t, err)
	if *got.SecretString != "v" {
		t.Errorf("%+v", got)
	}
}

func TestAFaultIsATypedError(t *testing.T) {
	vault := client("720000000022")
	create(t, vault, "go/typed", "v")
	fault(t, "720000000022", `"operation":"GetSecretValue","error":"DecryptionFailure","message":"as you wished"`)
	_, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String("go/typed")})
	var failure *secretsmanager.DecryptionFailure
	if !errors.As(err, &failure) || failure.Message() != "as you wished" {
		t.Fatal(err)
	}
}

func TestALostConnectionIsTriedAgainAndChangesOnce(t *testing.T) {
	vault := client("720000000023")
	made := create(t, vault, "go/lost", "old")
	fault(t, "720000000023", `"operation":"PutSecretValue","connection":"resetAfterCommit","count":1`)
	_, err := vault.PutSecretValue(&secretsmanager.PutSecretValueInput{
		SecretId: made.ARN, SecretString: aws.String("new"),
	})
	must(t, err)
	described, err := vault.DescribeSecret(&secretsmanager.DescribeSecretInput{SecretId: made.ARN})
	must(t, err)
	if len(described.VersionIdsToStages) != 2 {
		t.Errorf("%+v", described.VersionIdsToStages)
	}
}

func TestHalfAnAnswerIsAskedForAgain(t *testing.T) {
	vault := client("720000000024")
	create(t, vault, "go/half", strings.Repeat("v", 1000))
	fault(t, "720000000024", `"operation":"GetSecretValue","connection":"truncate","count":1`)
	got, err := vault.GetSecretValue(&secretsmanager.GetSecretValueInput{SecretId: aws.String("go/half")})
	must(t, err)
	if len(*got.SecretString) != 1000 {
		t.Error(len(*got.SecretString))
	}
}
