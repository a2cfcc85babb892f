package auth

import (
	"fmt"
	"net/url"

	"github.com/i-partnerschap/kennisgraaf/web/loopback"
)

// Options says whose tokens count and what stands in them. The tags make it a group of command-line flags for kong:
//
//	OIDC auth.Options `embed:"" prefix:"oidc-" group:"Who may come in"`
type Options struct {
	Issuer       string `env:"IPG_OIDC_ISSUER" placeholder:"URL" help:"Who issues the tokens, as their claim iss has it: https, or http on this machine."`
	Audience     string `env:"IPG_OIDC_AUDIENCE" placeholder:"NAME" help:"Whom the tokens are for: their claim aud must hold this name."`
	RolesClaim   string `default:"roles" env:"IPG_OIDC_ROLES_CLAIM" placeholder:"PATH" help:"Claim with the roles (${default}); a dot leads into an object, as in realm_access.roles."`
	EditorRole   string `default:"editor" env:"IPG_OIDC_EDITOR_ROLE" placeholder:"NAME" help:"Role that writes, and keeps saved searches and webhooks (${default})."`
	PersonalRole string `default:"personal" env:"IPG_OIDC_PERSONAL_ROLE" placeholder:"NAME" help:"Role that sees personal fields (${default})."`
	ActorClaim   string `default:"sub" env:"IPG_OIDC_ACTOR_CLAIM" placeholder:"PATH" help:"Claim by which the change log names who wrote (${default}). A name or e-mail address there is personal data in the log, which every reader sees."`
	Anonymous    bool   `env:"IPG_OIDC_ANONYMOUS" help:"Let everyone read what is not personal; otherwise that needs a token too."`
}

// check reports what is missing or cannot be right.
func (o Options) check() error {
	issuer, err := url.Parse(o.Issuer)
	switch {
	case o.Issuer == "":
		return fmt.Errorf("--auth oidc needs --oidc-issuer, such as https://login.example.nl/realms/rijk")
	case err != nil || issuer.Host == "" || issuer.User != nil || issuer.RawQuery != "" || issuer.Fragment != "":
		return fmt.Errorf("--oidc-issuer is not an address such as https://login.example.nl/realms/rijk, without a user, ? or #")
	case issuer.Scheme != "https" && (issuer.Scheme != "http" || !loopback.Is(issuer.Hostname())):
		return fmt.Errorf("--oidc-issuer %s must be https; http is for this machine only", o.Issuer)
	case o.Audience == "":
		return fmt.Errorf("--auth oidc needs --oidc-audience: the name that the issuer gives this service in the claim aud")
	}
	for flag, value := range map[string]string{"roles-claim": o.RolesClaim, "editor-role": o.EditorRole, "personal-role": o.PersonalRole, "actor-claim": o.ActorClaim} {
		if value == "" {
			return fmt.Errorf("--oidc-%s is empty; leave it out for the default", flag)
		}
	}
	return nil
}
