// What Flux does with an artifact, by its own libraries, for tests:
//
//	flux-host substitute [--strict] [NAME=VALUE…]   manifests on standard input → after postBuild
//	flux-host untar FOLDER                          a tar.gz on standard input → files
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/tar"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/provider"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 2 && arguments[0] == "untar":
		return tar.Untar(os.Stdin, arguments[1])
	case len(arguments) > 0 && arguments[0] == "substitute":
		return substitute(arguments[1:])
	}
	return fmt.Errorf("usage: flux-host substitute [--strict] [NAME=VALUE…] | untar FOLDER")
}

func substitute(arguments []string) error {
	strict := false
	variables := map[string]any{}
	for _, argument := range arguments {
		if argument == "--strict" {
			strict = true
			continue
		}
		name, value, _ := strings.Cut(argument, "=")
		variables[name] = value
	}
	kustomization := unstructured.Unstructured{Object: map[string]any{
		"spec": map[string]any{"postBuild": map[string]any{"substitute": variables}},
	}}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	resources, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(input)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		// As kustomize-controller calls it, but for reading ConfigMaps and Secrets of a cluster.
		_, err := kustomize.SubstituteVariables(context.Background(), nil, kustomization, resource,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(strict),
			kustomize.SubstituteWithAlways(true))
		if err != nil {
			return fmt.Errorf("post build failed for '%s/%s': %w",
				resource.GetGvk(), resource.GetName(), err)
		}
		text, err := resource.AsYAML()
		if err != nil {
			return err
		}
		fmt.Printf("---\n%s", text)
	}
	return nil
}
