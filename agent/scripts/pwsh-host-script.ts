/**
 * The PowerShell side of the warm host (see pwsh-host.ts for the other side). Runs in PowerShell 7 and Windows
 * PowerShell 5.1. Must hold neither a backtick, a backslash nor a dollar followed by a brace, because it is a template literal.
 *
 * Each script gets a runspace of its own, so that variables, functions, preferences and the location of one script do
 * not reach the next; environment variables belong to the process and are put back. Streams are merged into one
 * ordered stream of objects, and told apart by type.
 */
export const pwshHostScript = `param([string]$Pipe, [string]$Mark, [long]$Left, [long]$Right)
$ErrorActionPreference = 'Stop'
$utf8 = New-Object System.Text.UTF8Encoding $false
try { [Console]::OutputEncoding = $utf8 } catch { }
$OutputEncoding = $utf8
if (Get-Variable PSStyle -ErrorAction Ignore) { $PSStyle.OutputRendering = 'PlainText' }
$rawOut = [Console]::OpenStandardOutput()
$rawErr = [Console]::OpenStandardError()
$client = New-Object System.IO.Pipes.NamedPipeClientStream '.', $Pipe, ([System.IO.Pipes.PipeDirection]::InOut)
$client.Connect(30000)
$reader = New-Object System.IO.StreamReader $client, $utf8
$writer = New-Object System.IO.StreamWriter $client, $utf8
$writer.NewLine = [string][char]10
$writer.AutoFlush = $true

function Send-Message($message) { $writer.WriteLine((ConvertTo-Json -InputObject $message -Compress -Depth 3)) }
function Send-Text($stream, $text) { Send-Message @{ type = 'output'; stream = $stream; text = $text } }

function ConvertTo-Value($value) {
  if ($null -eq $value) { return 'null' }
  $base = $value.PSObject.BaseObject
  $name = $base.GetType().FullName
  if ($base -is [datetime] -or $base -is [datetimeoffset]) { return ConvertTo-Json -InputObject $base.ToString('o') -Compress }
  if ($base -is [string] -or $base -is [char] -or $base -is [version] -or $base -is [guid] -or $base -is [uri] -or $base -is [enum] -or $name -eq 'System.Management.Automation.SemanticVersion') {
    return ConvertTo-Json -InputObject $base.ToString() -Compress
  }
  if ($base -is [System.Collections.IList]) { return ConvertTo-Json -InputObject $base -Depth 5 -Compress -WarningAction SilentlyContinue }
  return ConvertTo-Json -InputObject $value -Depth 5 -Compress -WarningAction SilentlyContinue
}

function Send-Objects($objects) {
  if ($objects.Count -eq 0) { return }
  $text = ''
  try { $text = Out-String -InputObject $objects.ToArray() -Width 200 } catch { $text = [string]$objects[0] }
  $text = $text.Trim([char]13, [char]10)
  $objects.Clear()
  if ($text -ne '') { Send-Text 'stdout' ($text + [char]10) }
}

function Get-ErrorText($record) {
  $message = [string]$record.Exception.Message
  if ($message -eq '') { $message = [string]$record }
  $line = 0
  if ($record.InvocationInfo) { $line = $record.InvocationInfo.ScriptLineNumber }
  if ($line -gt 0) { return $message + ' (line ' + $line + ')' }
  return $message
}

function Send-ErrorRecord($record, $terminating) {
  Send-Text 'stderr' ((Get-ErrorText $record) + [char]10)
  Send-Message @{ type = 'error'; message = [string]$record.Exception.Message; terminating = $terminating }
}

function Read-Parameters($list) {
  $parameters = @{}
  foreach ($entry in $list) {
    if ($entry.kind -eq 'text') { $parameters[$entry.name] = $entry.value.Substring(1) }
    elseif ($entry.kind -eq 'texts') { $parameters[$entry.name] = [string[]]@($entry.value | ForEach-Object { $_.Substring(1) }) }
    elseif ($entry.kind -eq 'null') { $parameters[$entry.name] = $null }
    elseif ($entry.value -is [long] -and $entry.value -ge [int]::MinValue -and $entry.value -le [int]::MaxValue) { $parameters[$entry.name] = [int]$entry.value }
    else { $parameters[$entry.name] = $entry.value }
  }
  return $parameters
}

function Send-Items($items, $state) {
  $plain = New-Object System.Collections.ArrayList
  foreach ($item in $items) {
    $base = $null
    if ($null -ne $item) { $base = $item.PSObject.BaseObject }
    $text = $null
    if ($base -is [System.Management.Automation.ErrorRecord]) { Send-Objects $plain; Send-ErrorRecord $base $false; continue }
    if ($base -is [System.Management.Automation.WarningRecord]) { Send-Objects $plain; Send-Text 'warning' ($base.Message + [char]10); continue }
    if ($base -is [System.Management.Automation.InformationalRecord]) { Send-Objects $plain; Send-Text 'verbose' ($base.Message + [char]10); continue }
    if ($base -is [System.Management.Automation.InformationRecord]) {
      Send-Objects $plain
      $end = [string][char]10
      if ($base.MessageData -is [System.Management.Automation.HostInformationMessage] -and $base.MessageData.NoNewLine) { $end = '' }
      Send-Text 'stdout' ([string]$base.MessageData + $end)
      continue
    }
    $state.Value = $item
    if ($null -eq $item) { continue }
    if ($base -is [string] -or $base -is [valuetype] -and $base.GetType().IsPrimitive) { Send-Objects $plain; Send-Text 'stdout' ($base.ToString() + [char]10) }
    else { [void]$plain.Add($item) }
  }
  Send-Objects $plain
}

function Write-Mark($stream) {
  $bytes = $utf8.GetBytes([char]2 + $Mark + [char]10)
  $stream.Write($bytes, 0, $bytes.Length)
  $stream.Flush()
}

Send-Message @{ type = 'ready'; product = $Left * $Right; version = [string]$PSVersionTable.PSVersion; edition = [string]$PSVersionTable.PSEdition }
$initial = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
while ($null -ne ($line = $reader.ReadLine())) {
  $request = ConvertFrom-Json -InputObject $line
  $before = [Environment]::GetEnvironmentVariables()
  $folder = [Environment]::CurrentDirectory
  [Environment]::SetEnvironmentVariable('EVENKEEL_STEP', $request.marker)
  $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($initial)
  $runspace.Open()
  $shell = [System.Management.Automation.PowerShell]::Create()
  $shell.Runspace = $runspace
  [void]$shell.AddScript('param($EkPath, $EkParameters) & $EkPath @EkParameters *>&1; $global:EkOk = $?').AddArgument($request.path).AddArgument((Read-Parameters $request.parameters))
  $in = New-Object 'System.Management.Automation.PSDataCollection[psobject]'
  $in.Complete()
  $out = New-Object 'System.Management.Automation.PSDataCollection[psobject]'
  $state = @{ Value = $null }
  $terminated = $false
  $running = $shell.BeginInvoke($in, $out)
  while (-not $running.AsyncWaitHandle.WaitOne(100)) { Send-Items $out.ReadAll() $state }
  $fatal = $null
  try { [void]$shell.EndInvoke($running) } catch { $fatal = $_.Exception; if ($fatal.InnerException) { $fatal = $fatal.InnerException } }
  Send-Items $out.ReadAll() $state
  foreach ($record in $shell.Streams.Error) { $terminated = $true; Send-ErrorRecord $record $true }
  if ($fatal) {
    $terminated = $true
    $record = $null
    if ($fatal.PSObject.Properties['ErrorRecord']) { $record = $fatal.ErrorRecord }
    if (-not $record) { $record = New-Object System.Management.Automation.ErrorRecord $fatal, 'Terminated', 'NotSpecified', $null }
    Send-ErrorRecord $record $true
  }
  $exitCode = 0
  $ok = $runspace.SessionStateProxy.GetVariable('EkOk')
  $last = $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
  if ($terminated) { $exitCode = 1 } elseif ($ok -eq $false -and $last -is [int]) { $exitCode = $last }
  $json = 'null'
  $valueError = $null
  if ($exitCode -eq 0) { try { $json = [string](ConvertTo-Value $state.Value) } catch { $valueError = [string]$_.Exception.Message } }
  $shell.Dispose()
  $runspace.Dispose()
  foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) { if (-not $before.ContainsKey($name)) { [Environment]::SetEnvironmentVariable($name, $null) } }
  foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
  try { [Environment]::CurrentDirectory = $folder } catch { }
  Write-Mark $rawOut
  Write-Mark $rawErr
  Send-Message @{ type = 'done'; terminated = $terminated; exitCode = $exitCode; value = $json; valueError = $valueError }
}
`;
