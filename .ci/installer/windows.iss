; Inno Setup 6. Untried so far. Made by `python .ci/installer`, which gives Version, Bundle, Root and Icon.
; For one user, into their own folder: nobody need be an administrator, and what the user has written stays.
[Setup]
AppId={{B3C5F0E2-6C0B-4E57-9B0A-CA11E4C5A001}
AppName=Channergy CRM
AppVersion={#Version}
AppPublisher=The Channergy CRM authors
DefaultDirName={localappdata}\Programs\Channergy CRM
DefaultGroupName=Channergy CRM
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile={#Root}\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\channergy-crm-window.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"
Name: "french"; MessagesFile: "compiler:Languages\French.isl"
Name: "spanish"; MessagesFile: "compiler:Languages\Spanish.isl"

[InstallDelete]
; What an older version brought and this one does not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Channergy CRM"; Filename: "{app}\channergy-crm-window.exe"

[Run]
Filename: "{app}\channergy-crm-window.exe"; Description: "Channergy CRM"; Flags: nowait postinstall skipifsilent
