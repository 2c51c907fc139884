( () => {
	'use strict';

	// An import goes on by itself.
	document.querySelector( 'form[data-logto-continue] button' )?.click();

	const words = window.logtoSignIn;
	const status = document.getElementById( 'logto-copied' );

	/**
	 * Copies a field's address. Without the clipboard (http pages have none) the address is selected instead.
	 *
	 * @param {HTMLInputElement} field
	 * @return {Promise<string>} What to tell the admin.
	 */
	const copy = async ( field ) => {
		try {
			await navigator.clipboard.writeText( field.value );
			return words.copied;
		} catch {
			field.focus();
			field.select();
			return document.execCommand( 'copy' ) ? words.copied : words.failed;
		}
	};

	for ( const button of document.querySelectorAll( '[data-logto-copy]' ) ) {
		const label = button.textContent;
		button.addEventListener( 'click', async () => {
			const said = await copy( document.getElementById( button.dataset.logtoCopy ) );
			status.textContent = said;
			button.textContent = said;
			setTimeout( () => {
				status.textContent = '';
				button.textContent = label;
			}, 2000 );
		} );
	}
} )();
