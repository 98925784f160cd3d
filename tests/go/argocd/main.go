// Command argocd-host runs the parts of Argo CD that a config management plugin meets.
//
//	argocd-host server [FLAGS]                      argocd-cmp-server itself
//	argocd-host check SOCKET                        CheckPluginConfiguration
//	argocd-host match SOCKET APP ROOT [NAME=VALUE]  MatchRepository
//	argocd-host parameters SOCKET APP ROOT [NAME=VALUE]
//	argocd-host manifests REQUEST APP ROOT          the repo-server's own GenerateManifests
//
// Results are printed as JSON; an error is printed on standard error and exits with 1. The variable
// DEADLINE (a Go duration, 60s by default) bounds a request as the repo-server's caller does.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/protobuf/types/known/emptypb"
	"k8s.io/apimachinery/pkg/api/resource"

	server "github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
	cmpclient "github.com/argoproj/argo-cd/v3/cmpserver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/cmp"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: argocd-host server|check|match|parameters|manifests …"))
	}
	verb, args := os.Args[1], os.Args[2:]
	if verb == "server" {
		os.Args = append([]string{"argocd-cmp-server"}, args...)
		if err := server.NewCommand().Execute(); err != nil {
			os.Exit(1)
		}
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), deadline())
	defer cancel()
	result, err := run(ctx, verb, args)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err)
	}
}

func run(ctx context.Context, verb string, args []string) (any, error) {
	if verb == "manifests" {
		return manifests(ctx, args[0], args[1], args[2])
	}
	closer, client, err := cmpclient.NewConfigManagementPluginClientSet(args[0]).NewConfigManagementPluginClient()
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	switch verb {
	case "check":
		return client.CheckPluginConfiguration(ctx, &emptypb.Empty{})
	case "match":
		stream, err := client.MatchRepository(ctx)
		if err != nil {
			return nil, err
		}
		if err := cmp.SendRepoStream(ctx, args[1], args[2], stream, args[3:], nil); err != nil {
			return nil, err
		}
		return stream.CloseAndRecv()
	case "parameters":
		stream, err := client.GetParametersAnnouncement(ctx)
		if err != nil {
			return nil, err
		}
		if err := cmp.SendRepoStream(ctx, args[1], args[2], stream, args[3:], nil); err != nil {
			return nil, err
		}
		return stream.CloseAndRecv()
	}
	return nil, fmt.Errorf("unknown verb %q", verb)
}

func manifests(ctx context.Context, request, app, root string) (any, error) {
	text, err := os.ReadFile(request)
	if err != nil {
		return nil, err
	}
	var query apiclient.ManifestRequest
	if err := json.Unmarshal(text, &query); err != nil {
		return nil, err
	}
	app, err = filepath.Abs(app)
	if err != nil {
		return nil, err
	}
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	return repository.GenerateManifests(
		ctx, app, root, query.Revision, &query, false, git.NoopCredsStore{}, resource.MustParse("0"),
		utilio.NewRandomizedTempPaths(os.TempDir()),
	)
}

func deadline() time.Duration {
	if text := os.Getenv("DEADLINE"); text != "" {
		if parsed, err := time.ParseDuration(text); err == nil {
			return parsed
		}
	}
	return 60 * time.Second
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
