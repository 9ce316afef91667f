package pocketvaulttest

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

func client(account Account) *secretsmanager.Client {
	return secretsmanager.New(secretsmanager.Options{
		Region:           account.Region,
		Credentials:      credentials.NewStaticCredentialsProvider(account.AccessKeyID, account.SecretAccessKey, ""),
		EndpointResolver: secretsmanager.EndpointResolverFromURL(account.Endpoint),
	})
}

func fill(t *testing.T, account Account) {
	secrets := client(account)
	list, err := secrets.ListSecrets(context.TODO(), &secretsmanager.ListSecretsInput{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.SecretList) != 0 {
		t.Fatalf("another test's secrets are here: %d", len(list.SecretList))
	}
	_, err = secrets.CreateSecret(context.TODO(), &secretsmanager.CreateSecretInput{
		Name: aws.String("app/key"), SecretString: aws.String("invented"),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEachTestHasAnAccountOfItsOwn(t *testing.T) {
	for _, name := range []string{"one", "two", "three"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fill(t, From(t, ""))
		})
	}
}

func TestTheEnvironmentLeadsThere(t *testing.T) {
	fill(t, New(t))
}

func TestACopyHasWhatItsTemplateHad(t *testing.T) {
	template := From(t, "")
	fill(t, template)
	copied := client(From(t, template.Account))
	value, err := copied.GetSecretValue(context.TODO(), &secretsmanager.GetSecretValueInput{SecretId: aws.String("app/key")})
	if err != nil {
		t.Fatal(err)
	}
	if *value.SecretString != "invented" {
		t.Fatalf("the copy has %q", *value.SecretString)
	}
}
