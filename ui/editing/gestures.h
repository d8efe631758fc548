// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <span>

namespace ui
{

/// Everything that a key or a menu entry does.
enum class ActionId {
    OpenImages,
    OpenFolder,
    OpenProject,
    ImportAnnotations,
    ImportDetections,
    ExportDataset,
    Quit,
    NextImage,
    PreviousImage,
    AcceptAndNext,
    Undo,
    Redo,
    DeleteObject,
    DuplicateObjects,
    CopyObjects,
    PasteObjects,
    SelectAll,
    RefineObject,
    Everything,
    NextProposal,
    PreviousProposal,
    Accept,
    Drop,
    TakeBack,
    NextCandidate,
    PreviousCandidate,
    UniteObjects,
    SubtractObjects,
    IntersectObjects,
    ExcludeObjects,
    SplitObjects,
    TakeFromBelow,
    GiveToAbove,
    FillHoles,
    CleanUp,
    TightenMask,
    WidenMask,
    SmartTool,
    BrushTool,
    EraserTool,
    LassoTool,
    FillTool,
    WandTool,
    PolygonTool,
    ScissorsTool,
    PanTool,
    LargerBrush,
    SmallerBrush,
    PickCategory,
    AddCategory,
    Preferences,
    LookCloser,
    FitImage,
    ZoomToPixels,
    ZoomIn,
    ZoomOut,
    HideMasks,
    HidePanels,
    NextPart,
    FullScreen,
    StartGuide,
    ShowGestures,
    About,
};

/// One row of the table from which menus, the shortcut list ("?") and the README are made.
struct ActionGesture {
    ActionId id;
    const char *name;      ///< never changes: key of the user's own shortcut in the settings
    const char *section;   ///< menu and heading
    const char *text;      ///< for menus, with mnemonic; translate in context "gestures"
    const char *does;      ///< one line
    const char *shortcuts; ///< portable text, several divided by "; "
};
std::span<const ActionGesture> actionGestures();
const ActionGesture &actionGesture(ActionId id);
QList<QKeySequence> defaultShortcuts(ActionId id);
/// Menu text in the user's language.
QString actionText(ActionId id);

/// What the pointer does; for reading only, the tools act on it.
struct PointerGesture {
    const char *section;
    const char *gesture;
    const char *does;
};
std::span<const PointerGesture> pointerGestures();
/// Whether the pointer does this while that tool is in use.
bool concerns(const PointerGesture &gesture, ActionId tool);

/// The whole table as Markdown, in English, for the README.
QString gestureMarkdown();

} // namespace ui
