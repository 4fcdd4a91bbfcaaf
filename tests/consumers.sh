#!/usr/bin/env bash
# Installs the packages into a project of every kind that uses them, and makes a call with each: C# on .NET 10 and on the .NET 8 runtime, a netstandard2.0 library,
# net472 with C# 7.3 (on Mono), F#, Visual Basic, a minimal API, a worker, Blazor WebAssembly (in headless Chromium), trimmed and native programs. Prints their sizes.
#   tests/consumers.sh [folder]    packages that exist already; without a folder they are packed first
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

work=$(mktemp -d)
emulator=
web=
trap 'kill $emulator $web 2>/dev/null || true; rm -rf "$work"' EXIT
quiet() { "$@" >"$work/quiet" 2>&1 || { cat "$work/quiet" >&2; exit 1; }; }

packages=${1:-$work/packages}
if [ -n "${1:-}" ]; then
  packages=$(realpath "$1")
else
  quiet dotnet pack CCApi.Sdk.sln -c Release -o "$packages" --nologo -v quiet -p:RunAnalyzers=false
fi

# install <command> <packages>...: from the distribution, when the command is missing
install() {
  if ! command -v "$1" >/dev/null; then
    quiet apt-get update -qq
    DEBIAN_FRONTEND=noninteractive quiet apt-get install -y -qq --no-install-recommends "${@:2}"
  fi
}

install mono mono-devel
install npm nodejs npm
install chromium chromium
install clang clang zlib1g-dev
(cd tests/web-gateway && quiet npm ci --ignore-scripts --no-audit --no-fund --silent)
cp tests/consumers/page.mjs tests/web-gateway/node_modules/consumers-page.mjs

# The packages of this run, not those that an earlier one left in a cache.
export NUGET_PACKAGES=$work/nuget DOTNET_NOLOGO=1
cd "$work"
quiet dotnet new nugetconfig
quiet dotnet nuget add source "$packages" --name ccapi --configfile nuget.config

quiet dotnet tool install CCApi.Emulator.Tool --tool-path "$work/tool"
: >"$work/log"
"$work/tool/ccapi-emulator" --port 0 >"$work/log" &
emulator=$!
for _ in $(seq 300); do
  CCAPI_BASE_URL=$(sed -n 's/^CCAPI emulator at //p' "$work/log")
  [ -z "$CCAPI_BASE_URL" ] || break
  sleep 0.1
done
export CCAPI_BASE_URL=${CCAPI_BASE_URL:?the emulator did not start} CCAPI_API_KEY=sk-ccapi-emulator

# project <name> <sdk> <properties> <extension> <items>: writes the project file
project() {
  mkdir "$work/$1"
  printf '<Project Sdk="%s">\n<PropertyGroup>%s<TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>\n<ItemGroup>%s</ItemGroup>\n</Project>\n' \
    "$2" "$3" "$5" >"$work/$1/$1.$4"
}

sdk='<PackageReference Include="CCApi.Sdk" Version="0.1.0" />'
prompt='How much is 12 * 3?'
expected='12 * 3 = 36'

# check <name> <command>...: the program writes the response
check() {
  local name=$1
  shift
  "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; echo "FAILED $name" >&2; exit 1; }
  grep -qF "$expected" "$work/out" || { cat "$work/out" >&2; echo "FAILED $name: no response" >&2; exit 1; }
  printf 'ok %s\n' "$name"
}

csharp="using System;
using CCApi.Sdk;

using var client = CCApiClient.FromEnvironment();
Console.WriteLine((await client.Chat.CompleteAsync(\"openai/gpt-4o-mini\", \"$prompt\")).Text);
await foreach (var text in client.Chat.StreamAsync(\"openai/gpt-4o-mini\", \"$prompt\").ReadTextAsync())
{
    Console.Write(text);
}
"

project Net10 Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' csproj "$sdk"
printf '%s' "$csharp" >Net10/Program.cs
quiet dotnet build Net10 -v quiet
check 'C#, net10.0' dotnet Net10/bin/Debug/net10.0/Net10.dll

project Net8 Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework><LangVersion>12</LangVersion>' csproj "$sdk"
printf '%s\nConsole.WriteLine(Environment.Version);\n' "$csharp" >Net8/Program.cs
quiet dotnet publish Net8 -c Release --use-current-runtime --self-contained -o Net8/app -v quiet
check "C#, net8.0" Net8/app/Net8
grep -q '^8\.' out || grep -q '8\.0\.' out || { echo 'FAILED net8.0: another runtime' >&2; exit 1; }

project Library Microsoft.NET.Sdk '<TargetFramework>netstandard2.0</TargetFramework><LangVersion>7.3</LangVersion>' csproj "$sdk"
cat >Library/Assistant.cs <<CS
using System.Threading.Tasks;
using CCApi.Sdk;

public static class Assistant
{
    public static async Task<string> RespondAsync()
    {
        using (var client = CCApiClient.FromEnvironment())
        {
            var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "$prompt");
            return response.Text;
        }
    }
}
CS
project UsesLibrary Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' csproj '<ProjectReference Include="../Library/Library.csproj" />'
echo 'System.Console.WriteLine(await Assistant.RespondAsync());' >UsesLibrary/Program.cs
quiet dotnet build UsesLibrary -v quiet
check 'a netstandard2.0 library in a program of net10.0' dotnet UsesLibrary/bin/Debug/net10.0/UsesLibrary.dll

# A feed may lack the lowest version of what Polly names.
project Net472 Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net472</TargetFramework><LangVersion>7.3</LangVersion><NoWarn>NU1603</NoWarn>' csproj "$sdk<PackageReference Include=\"Microsoft.NETFramework.ReferenceAssemblies\" Version=\"1.0.3\" PrivateAssets=\"all\" />"
cat >Net472/Program.cs <<CS
using System;
using System.Threading.Tasks;
using CCApi.Sdk;

public static class Program
{
    public static async Task Main()
    {
        using (var client = CCApiClient.FromEnvironment())
        {
            var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "$prompt");
            Console.WriteLine(response.Text);
        }
    }
}
CS
quiet dotnet build Net472 -v quiet
# Mono 6.8 may crash in its shutdown, after the program has ended, so its exit code does not count.
on_mono() { mono "$@" || echo "mono ended with $?"; }
check 'C# 7.3, net472, on Mono' on_mono Net472/bin/Debug/net472/Net472.exe

project FSharp Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' fsproj "<Compile Include=\"Program.fs\" />$sdk"
cat >FSharp/Program.fs <<FS
open CCApi.Sdk

let respond = task {
    use client = CCApiClient.FromEnvironment()
    let! response = client.Chat.CompleteAsync("openai/gpt-4o-mini", "$prompt")
    return response.Text
}

printfn "%s" (respond.GetAwaiter().GetResult())
FS
quiet dotnet build FSharp -v quiet
check 'F#' dotnet FSharp/bin/Debug/net10.0/FSharp.dll

project VisualBasic Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' vbproj "$sdk"
cat >VisualBasic/Program.vb <<VB
Imports System
Imports System.Threading.Tasks
Imports CCApi.Sdk

Module Program
    Sub Main()
        RunAsync().GetAwaiter().GetResult()
    End Sub

    Private Async Function RunAsync() As Task
        Using client = CCApiClient.FromEnvironment()
            Dim response = Await client.Chat.CompleteAsync("openai/gpt-4o-mini", "$prompt")
            Console.WriteLine(response.Text)
        End Using
    End Function
End Module
VB
quiet dotnet build VisualBasic -v quiet
check 'Visual Basic' dotnet VisualBasic/bin/Debug/net10.0/VisualBasic.dll

project Api Microsoft.NET.Sdk.Web '<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>' csproj "$sdk"
cat >Api/Program.cs <<CS
using CCApi.Sdk;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCcApi();
var app = builder.Build();
app.MapGet("/", async (ChatClient chat, CancellationToken token) => (await chat.CompleteAsync("openai/gpt-4o-mini", "$prompt", cancellationToken: token)).Text);
app.Run();
CS
quiet dotnet build Api -v quiet
: >web-log
dotnet Api/bin/Debug/net10.0/Api.dll --urls http://127.0.0.1:0 >web-log &
web=$!
address=
for _ in $(seq 300); do
  address=$(sed -n 's/.*Now listening on: //p' web-log)
  [ -z "$address" ] || break
  sleep 0.1
done
check 'a minimal API' curl -sS "${address:?the minimal API did not start}/"
kill $web
web=

project Worker Microsoft.NET.Sdk '<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>' csproj "$sdk<PackageReference Include=\"Microsoft.Extensions.Hosting\" Version=\"10.0.15\" />"
cat >Worker/Program.cs <<CS
using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddCcApi();
builder.Services.AddHostedService<Responder>();
await builder.Build().RunAsync();

internal sealed class Responder(CCApiClient client, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "$prompt", cancellationToken: stoppingToken);
        Console.WriteLine(response.Text);
        lifetime.StopApplication();
    }
}
CS
quiet dotnet build Worker -v quiet
check 'a worker' dotnet Worker/bin/Debug/net10.0/Worker.dll

project Wasm Microsoft.NET.Sdk.BlazorWebAssembly '<TargetFramework>net10.0</TargetFramework>' csproj "$sdk<PackageReference Include=\"Microsoft.AspNetCore.Components.WebAssembly\" Version=\"10.0.15\" />"
cat >Wasm/Program.cs <<CS
using System;
using CCApi.Sdk;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.Services.AddCcApi();
await using var host = builder.Build();
var response = await host.Services.GetRequiredService<ChatClient>().CompleteAsync("openai/gpt-4o-mini", "$prompt");
Console.WriteLine(response.Text);
CS
mkdir Wasm/wwwroot
echo '<!doctype html><html lang="en"><head><base href="/"><link rel="icon" href="data:,"></head><body><script src="_framework/blazor.webassembly.js"></script></body></html>' >Wasm/wwwroot/index.html
echo '{}' >Wasm/wwwroot/appsettings.json
quiet dotnet publish Wasm -c Release -o Wasm/app -v quiet
framework=Wasm/app/wwwroot/_framework
total() { find "$framework" -name "$1" -printf '%s\n' | awk '{ sum += $1 } END { print sum }'; }
check "Blazor WebAssembly in Chromium: $(total '*.br') bytes compressed, of them CCApi.Sdk $(total 'CCApi.Sdk.*.br')" \
  timeout 300 node "$root/tests/web-gateway/node_modules/consumers-page.mjs" Wasm/app/wwwroot "$work/tool/ccapi-emulator" "$(command -v chromium)" "$expected"

for kind in Trimmed Native; do
  properties='<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization>'
  if [ $kind = Trimmed ]; then properties="$properties<PublishTrimmed>true</PublishTrimmed>"; else properties="$properties<PublishAot>true</PublishAot>"; fi
  project $kind Microsoft.NET.Sdk "$properties" csproj "$sdk"
  printf '%s' "$csharp" >$kind/Program.cs
  quiet dotnet publish $kind -c Release --use-current-runtime --self-contained -o $kind/app -v quiet
  part=$kind
  if [ $kind = Trimmed ]; then part=CCApi.Sdk.dll; fi
  check "$kind: $(du -sb $kind/app | cut -f1) bytes, of them $part $(stat -c %s "$kind/app/$part")" $kind/app/$kind
done
cd "$root"
for package in "$packages"/*.nupkg; do
  printf '%s: %s bytes\n' "$(basename "$package")" "$(stat -c %s "$package")"
done
