// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme/theme.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace ui
{

/// What the canvas says while it has no picture, and the one next step.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent);
    void setTheme(const Theme &theme);

    void showWelcome();
    /// Waiting or failed: a heading and a sentence.
    void showText(const QString &heading, const QString &sentence);
    QString heading() const;

Q_SIGNALS:
    void openFolderAsked();
    void openImagesAsked();
    void sampleAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QBoxLayout *m_buttons;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_sentence;
    QPushButton *m_openFolder;
    QPushButton *m_openImages;
    QPushButton *m_sample;
};

} // namespace ui
