using System.CommandLine;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Completion;

/// <summary>Prints what makes a shell complete the commands, from what <c>[suggest]</c> of System.CommandLine knows.</summary>
internal static class CompletionCommand
{
    // A command's first word is left out: the tool may be called by another name.
    private const string Bash = """
        _certgen() {
            local line="${COMP_LINE:0:COMP_POINT}"
            line="${line#* }"
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(certgen "[suggest:${#line}]" "$line" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _certgen certgen

        """;

    private const string Zsh = """
        _certgen() {
            local line="${LBUFFER#* }"
            local -a words
            words=("${(@f)$(certgen "[suggest:${#line}]" "$line" 2> /dev/null)}")
            compadd -- $words
            _files
        }
        compdef _certgen certgen

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName certgen -ScriptBlock {
            param($word, $ast, $position)
            $line = $ast.ToString() -replace '^\S+\s*', ''
            if ($word -eq '') { $line += ' ' }
            certgen "[suggest:$($line.Length)]" "$line" 2> $null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    private static readonly Argument<string> Shell =
        new Argument<string>("SHELL") { Description = "bash, zsh or pwsh." }.AcceptOnlyFromAmong("bash", "zsh", "pwsh");

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("completion", "Print what makes a shell complete commands and options.") { Shell };
        command.SetAction(terminal, parsed => Run(parsed.GetRequiredValue(Shell), terminal));
        return command;
    }

    private static int Run(string shell, Terminal terminal)
    {
        string script = shell switch { "bash" => Bash, "zsh" => Zsh, _ => PowerShell };
        terminal.Report(new { shell, script }, output => output.Write(script));
        return CommandRunner.Success;
    }
}
